import { afterAll, afterEach, beforeAll } from 'vitest'
import { type StartOptions, startProject, type TestProject } from 'wechat-cloud-emulator/testing'
import { quoteThrownErrors } from 'wechat-cloud-emulator/testing/errors'
import { NOTHING_PACKAGED } from '../../scripts/lib/build/build-functions.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { PATIENT_TIMER } from './cloud-kit.ts'
import { scanLimit } from './scan-limit.ts'

export interface FileProject {
  /** The project; each test finds it without data, and its phones new. */
  readonly project: TestProject
  /** Environment variables of the functions. */
  readonly variables: Readonly<Record<string, string>>
}

/** Values of app-config.ts that a test wants otherwise, as a developer would edit the file. */
type ConfigChange = Partial<{ phoneRequired: boolean; realtimePhone: boolean }>

interface ProjectOptions extends StartOptions {
  /** Of the functions, besides the secrets. */
  variables?: Record<string, string>
  /** Of the mini-program, by default as it is configured. */
  config?: ConfigChange
}

/** The project as `npm start` runs it, for the tests of a file, with phones in WeChat's page simulator by default. */
export function useProject({ variables, config, ...options }: ProjectOptions = {}): FileProject {
  let project: TestProject | undefined
  const ofFunctions = { ...NOTHING_PACKAGED, ...makeSecrets(), ...variables }
  beforeAll(async () => {
    // The functions are built before all tests.
    project = await startProject(projectPath('.'), {
      phone: 'simulator',
      isBuilding: false,
      // A busy machine takes its time.
      timeoutMilliseconds: 15_000,
      // Our functions keep nothing in variables that one test could leave to the next.
      keepInstances: true,
      cloud: { ...scanLimit(), functions: PATIENT_TIMER, variables: ofFunctions },
      ...options,
      files: { ...options.files, ...(config && { 'app-config.ts': configured(config) }) },
    })
    quoteThrownErrors(project.cloud.cloud)
    if (options.phone === undefined) {
      // Compiles the mini-program and loads the simulator, for which the first test need not wait.
      await project.phone.open()
      await project.reset()
    }
  }, 90_000)
  afterEach(() => project?.reset())
  afterAll(() => project?.stop())
  return {
    get project() {
      if (!project) throw new Error('the project starts before the first test')
      return project
    },
    variables: ofFunctions,
  }
}

function configured(change: ConfigChange): (source: string) => string {
  return (source) =>
    Object.entries(change).reduce((text, [name, value]) => {
      const line = new RegExp(`^  ${name}: .*,$`, 'm')
      if (!line.test(text)) throw new Error(`no ${name} in app-config.ts`)
      return text.replace(line, `  ${name}: ${JSON.stringify(value)},`)
    }, source)
}
