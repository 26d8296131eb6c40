import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { startProject } from './start-project.ts'
import type { TestProject } from './test-project.ts'

/** A project with two functions and a few pages. */
export const FIXTURE = fileURLToPath(new URL('./fixture', import.meta.url))
/** A busy machine takes its time. */
export const PATIENT = 10_000

/** A PNG of one pixel. */
export const PICTURE = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
)

/** Starts the fixture for the tests of a file or a group, and resets it after each. */
export function useFixture(phone: 'browser' | 'simulator'): { readonly project: TestProject } {
  let project: TestProject
  beforeAll(async () => {
    project = await startProject(FIXTURE, { phone, timeoutMilliseconds: PATIENT })
    // The mini-program is compiled when it is opened first, which is no test's time.
    await project.phone.open()
    await project.reset()
  }, 60_000)
  afterEach(() => {
    project.patience.timeoutMilliseconds = PATIENT
    return project.reset()
  })
  afterAll(() => project.stop())
  return {
    get project() {
      return project
    },
  }
}
