import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCommandLine } from '../cli/command-line.ts'
import { type ProjectSettings, readProjectSettings } from '../cli/project-settings.ts'
import type { CloudOptions } from '../cloud/cloud-options.ts'
import { makeCollections } from '../cloud/make-collections.ts'
import { describeThrown } from '../control/describe-thrown.ts'
import type { Invocation } from '../control/invocation.ts'
import { KitError } from './kit-error.ts'
import { startTestCloud, TestCloud } from './test-cloud.ts'

interface CallOptions {
  /** The openid of the caller; without one, as the console's 云端测试. */
  as?: string
}

/** A cloud with the functions, settings and collections of a WeChat project, on empty data, for tests of its functions. */
export class ProjectCloud extends TestCloud {
  /**
   * @param folder with project.config.json
   * @param options take precedence over those of the project
   * @throws CommandError with a line for each fault of the project's settings
   */
  static async start(folder: string, options: Partial<CloudOptions> = {}): Promise<ProjectCloud> {
    return ProjectCloud.of(await readSettings(folder), options)
  }

  /** @param settings of {@link readSettings} */
  static async of(
    { cloud: ofProject, collections }: ProjectSettings,
    options: Partial<CloudOptions> = {},
  ): Promise<ProjectCloud> {
    const [cloud, directory] = await startTestCloud({ ...ofProject, ...options })
    makeCollections(cloud, collections)
    return new ProjectCloud(cloud, directory)
  }

  /**
   * Calls a function as a person's mini-program does.
   * @returns what the function answers
   * @throws KitError when it gives no answer: with the platform's words, and what the function threw, where
   */
  async call<Result = unknown>(name: string, data: unknown = {}, { as }: CallOptions = {}): Promise<Result> {
    const { result, errCode, errMsg } = await this.invoke(name, as, data)
    if (errMsg === undefined) return result as Result
    const thrown = (await this.lastCall()).error?.thrown
    throw new KitError(
      [
        `云函数 ${name} 没有回答 · gave no answer: ${errCode} ${errMsg}`,
        ...(thrown ? describeThrown(thrown) : []),
      ].join('\n'),
    )
  }

  /** The calls of functions so far, oldest first: name, caller, event, result, error, log lines. Secrets are masked. */
  async logs(): Promise<readonly Invocation[]> {
    return (await this.control.get('calls')).calls
  }
}

/** @throws CommandError with a line for each fault of the project's settings */
export function readSettings(folder: string): Promise<ProjectSettings> {
  const data = mkdtempSync(join(tmpdir(), 'project-'))
  return readProjectSettings(
    readCommandLine(['--project', folder, '--data', data, '--port', '0'], { name: 'tests' }),
  )
}
