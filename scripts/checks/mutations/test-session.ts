import { join } from 'node:path'
import { createVitest, type TestCase, type Vitest } from 'vitest/node'

/** Names of the tests that ran, as `-t` sees them. */
export interface TestRun {
  passed: string[]
  failed: string[]
}

/**
 * A Vitest that stays: files that did not change are compiled once, and the global setup runs once. Each run still has
 * a process of its own.
 */
export class TestSession {
  readonly #root: string
  readonly #vitest: Vitest

  private constructor(root: string, vitest: Vitest) {
    this.#root = root
    this.#vitest = vitest
  }

  /** @param root folder of the project whose tests are run */
  static async start(root: string): Promise<TestSession> {
    const vitest = await createVitest('test', { root, watch: false, reporters: [{}], maxWorkers: 1 })
    await vitest.standalone()
    return new TestSession(root, vitest)
  }

  /** Forgets the compiled code of a file, and of every file that imports it. */
  invalidate(file: string): void {
    this.#vitest.invalidateFile(file)
  }

  /**
   * Runs the tests of one file whose full names contain one of these texts.
   * @param file from the root
   */
  async run(file: string, names: readonly string[]): Promise<TestRun> {
    const moduleId = join(this.#root, file)
    this.#vitest.setGlobalTestNamePattern(new RegExp(names.map(escapePattern).join('|')))
    const specifications = this.#vitest.getModuleSpecifications(moduleId)
    const { testModules } = await this.#vitest.runTestSpecifications(specifications)
    const tests = testModules
      .filter((module) => module.moduleId === moduleId)
      .flatMap((module) => [...module.children.allTests()])
    return { passed: namesOf(tests, 'passed'), failed: namesOf(tests, 'failed') }
  }

  async close(): Promise<void> {
    await this.#vitest.close()
  }
}

function namesOf(tests: readonly TestCase[], state: 'passed' | 'failed'): string[] {
  return tests.filter((test) => test.result().state === state).map(({ fullName }) => asMatched(fullName))
}

/** Vitest shows the parts of a name with ` > ` between them, and matches them with a space. */
function asMatched(fullName: string): string {
  return fullName.replaceAll(' > ', ' ')
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
