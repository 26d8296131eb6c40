import { rmSync } from 'node:fs'
import { buildFixtureFunctions } from './fixture-functions.ts'
import { startTestCloud, TestCloud, type TestCloudOptions } from './test-cloud.ts'

/** A cloud with the functions of `testing/functions`. */
export class FixtureCloud extends TestCloud {
  #functionsDirectory = ''

  /** @param collections to create, which only functions can read and write */
  static async start(
    options: Partial<TestCloudOptions> = {},
    collections: readonly string[] = [],
  ): Promise<FixtureCloud> {
    const functionsDirectory = await buildFixtureFunctions()
    const test = new FixtureCloud(...(await startTestCloud({ functionsDirectory, ...options })))
    test.#functionsDirectory = functionsDirectory
    for (const name of collections) test.cloud.database.createCollection(name, 'ADMINONLY')
    return test
  }

  /** Where the functions are. */
  get functionsDirectory(): string {
    return this.#functionsDirectory
  }

  override async stop(): Promise<void> {
    await super.stop()
    rmSync(this.#functionsDirectory, { recursive: true, force: true })
  }
}
