import { afterAll, afterEach, beforeAll } from 'vitest'
import { type StartOptions, startProject, type TestProject } from 'wechat-cloud-emulator/testing'
import { quoteThrownErrors } from 'wechat-cloud-emulator/testing/errors'
import { projectPath } from '../../scripts/lib/project.ts'
import { scanLimit } from './scan-limit.ts'

export interface FileProject {
  /** The project; each test finds it without data, and its phones new. */
  readonly project: TestProject
}

/** The project as `npm start` runs it, for the tests of a file, with phones in WeChat's page simulator by default. */
export function useProject(options: StartOptions = {}): FileProject {
  let project: TestProject | undefined
  beforeAll(async () => {
    // The functions are built before all tests.
    project = await startProject(projectPath('.'), {
      phone: 'simulator',
      isBuilding: false,
      // A busy machine takes its time.
      timeoutMilliseconds: 15_000,
      // Our functions keep nothing in variables that one test could leave to the next.
      keepInstances: true,
      cloud: scanLimit(),
      ...options,
    })
    quoteThrownErrors(project.cloud.cloud)
  })
  afterEach(() => project?.reset())
  afterAll(() => project?.stop())
  return {
    get project() {
      if (!project) throw new Error('the project starts before the first test')
      return project
    },
  }
}
