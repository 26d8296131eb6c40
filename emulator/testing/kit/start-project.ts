import { rmSync } from 'node:fs'
import { SettingsError } from '../../cli/project-settings.ts'
import type { CloudOptions } from '../../cloud/cloud-options.ts'
import { createPages } from '../../server/pages.ts'
import type { Sources } from '../../server/sources.ts'
import { KitError } from '../kit-error.ts'
import { ProjectCloud, readSettings } from '../project-cloud.ts'
import { BrowserPhones } from './browser/browser-phones.ts'
import type { FileChanges } from './changed-mini-program.ts'
import { doesNotCompile, MiniProgramUnderTest } from './mini-program-under-test.ts'
import type { Patience } from './patience.ts'
import type { PhoneMaker } from './phones.ts'
import { TestProject } from './test-project.ts'

export interface StartOptions {
  /**
   * `browser` (the default): Chromium, Chrome or Edge of this machine. `simulator`: WeChat's page simulator, which takes
   * a tenth of the time, draws nothing and has few of WeChat's components and interfaces; what it lacks throws by name.
   */
  phone?: 'browser' | 'simulator'
  /** Whose phone `phone` is; `oTester` by default. */
  openid?: string
  /** For how long phones wait, 5000 by default. */
  timeoutMilliseconds?: number
  /** Whether `build` of the project's settings runs first; it does by default. */
  isBuilding?: boolean
  /**
   * `reset` keeps idle processes of functions: the next test need not wait for their start, and finds what functions keep in
   * variables of their modules.
   */
  keepInstances?: boolean
  /**
   * Files of the mini-program that are different in this test, such as
   * `{ 'config.js': (text) => text.replace('prod', 'test') }`.
   */
  files?: FileChanges
  /** Take precedence over the project's settings. */
  cloud?: Partial<CloudOptions>
}

const NO_CONSOLE = { html: '', script: '', style: '' }

/**
 * Starts a WeChat project for tests: its functions, on a cloud of their own without data, and phones with its
 * mini-program. The mini-program is compiled, and a browser starts, when the first phone opens it.
 * @param folder with project.config.json
 * @throws KitError when settings are wrong or sources do not compile, with a line for each fault
 */
export async function startProject(folder: string, options: StartOptions = {}): Promise<TestProject> {
  const settings = await readSettings(folder).catch((error: unknown) => {
    throw error instanceof SettingsError ? new KitError(error.message) : error
  })
  const patience: Patience = { timeoutMilliseconds: options.timeoutMilliseconds ?? 5000 }
  try {
    const program = new MiniProgramUnderTest(settings.phone, options.files)
    if (options.isBuilding !== false) await buildSources(settings.sources)
    const pages = createPages({ console: () => NO_CONSOLE, phone: () => program.current })
    const cloud = await ProjectCloud.of(settings, { pages, ...options.cloud })
    try {
      await quoteInVitest(cloud)
      const maker = await phoneMaker(options.phone, cloud, { program, patience })
      const { openid = 'oTester', keepInstances = false } = options
      return new TestProject({ cloud, maker, settings, patience, openid, keepInstances })
    } catch (error) {
      await cloud.stop()
      throw error
    }
  } catch (error) {
    rmSync(settings.dataDirectory, { recursive: true, force: true })
    throw error
  }
}

/** Outside of vitest, the messages of phones and of `cloud.call` are all that can say what functions threw. */
async function quoteInVitest({ cloud }: ProjectCloud): Promise<void> {
  if (process.env['VITEST'] === undefined) return
  // A process that a test of vitest's has started has the variable and no vitest.
  const quoting = await import('../quote-thrown.ts').catch(() => undefined)
  quoting?.quoteThrownErrors(cloud)
}

async function buildSources(sources: readonly Sources[]): Promise<void> {
  const findings = await Promise.all(sources.map((one) => one.build()))
  const errors = findings.flatMap((found) => found.errors)
  if (errors.length > 0) throw doesNotCompile(errors)
}

async function phoneMaker(
  kind: StartOptions['phone'],
  cloud: ProjectCloud,
  { program, patience }: { program: MiniProgramUnderTest; patience: Patience },
): Promise<PhoneMaker> {
  if (kind !== 'simulator') return new BrowserPhones(cloud.cloud, program, patience)
  const { SimulatedPhones } = await import('./simulator/simulated-phones.ts')
  return new SimulatedPhones(cloud, program, patience)
}
