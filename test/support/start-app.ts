import { type StartOptions, startProject, type TestProject } from 'wechat-cloud-emulator/testing'
import { NOTHING_PACKAGED } from '../../scripts/lib/build/build-functions.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { PATIENT_TIMER } from './patient-timer.ts'
import { scanLimit } from './scan-limit.ts'

/** The app as it runs for tests. */
export interface RunningProject {
  readonly project: TestProject
  /** Environment variables of the functions. */
  readonly variables: Readonly<Record<string, string>>
}

/** Values of app-config.ts that a test wants otherwise, as a developer would edit the file. */
export type ConfigChange = Partial<{
  phoneRequired: boolean
  realtimePhone: boolean
  /** Without English words. */
  isChineseOnly: true
}>

export interface AppOptions extends StartOptions {
  /** Of the functions, besides the secrets. */
  variables?: Record<string, string>
  /** Of the mini-program, by default as it is configured. */
  config?: ConfigChange
}

/** Starts the app as `npm start` runs it, with phones in WeChat's page simulator by default. The functions are built before. */
export async function startApp({ variables, config, ...options }: AppOptions = {}): Promise<RunningProject> {
  const ofFunctions = { ...NOTHING_PACKAGED, ...makeSecrets(), ...variables }
  const project = await startProject(projectPath('.'), {
    phone: 'simulator',
    isBuilding: false,
    // A busy machine takes its time.
    timeoutMilliseconds: 15_000,
    // Our functions keep nothing in variables that one test could leave to the next.
    keepInstances: true,
    ...options,
    cloud: { ...scanLimit(), functions: PATIENT_TIMER, variables: ofFunctions, ...options.cloud },
    files: { ...options.files, ...(config && { 'app-config.ts': configured(config) }) },
  })
  return { project, variables: ofFunctions }
}

function configured({ isChineseOnly, ...change }: ConfigChange): (source: string) => string {
  return (source) => {
    const start = isChineseOnly ? source.replace(/^ {2}english: \{\n[\s\S]*?^ {2}\},\n/m, '') : source
    if (isChineseOnly && start === source) throw new Error('no english in app-config.ts')
    return Object.entries(change).reduce((text, [name, value]) => {
      const line = new RegExp(`^  ${name}: .*,$`, 'm')
      if (!line.test(text)) throw new Error(`no ${name} in app-config.ts`)
      return text.replace(line, `  ${name}: ${JSON.stringify(value)},`)
    }, start)
  }
}
