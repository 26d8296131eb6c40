import { type Cloud, startCloud } from '../cloud/cloud.ts'
import { titleOf } from '../cloud/operations/operations.ts'
import type { Note } from '../control/note.ts'
import { DevServer } from '../server/dev-server.ts'
import { describeNote } from './cloud-notes.ts'
import { CommandError } from './command-error.ts'
import { explainFailedStart } from './explain-failed-start.ts'
import type { FindingsPrinter } from './findings-printer.ts'
import type { Output } from './output/output.ts'
import type { ProjectSettings } from './project-settings.ts'

interface StartOptions {
  settings: ProjectSettings
  port: number
  printer: FindingsPrinter
  /** Receives the calls. */
  output: Output
  /** Called once everything is built, before the port and the data folder are taken. */
  beforeOpening?: () => Promise<void>
}

/** What is wrong with settings that were changed since. */
interface SettingsErrors {
  lines: readonly string[]
}

interface Parts {
  devServer: DevServer
  printer: FindingsPrinter
  settingsErrors: SettingsErrors
}

/** A project's cloud with its phones and console, until it is closed. */
export class RunningProject {
  readonly cloud: Cloud
  readonly #devServer: DevServer
  readonly #printer: FindingsPrinter
  readonly #settingsErrors: SettingsErrors
  #stopWatching: () => void

  private constructor(cloud: Cloud, { devServer, printer, settingsErrors }: Parts) {
    this.cloud = cloud
    this.#devServer = devServer
    this.#printer = printer
    this.#settingsErrors = settingsErrors
    this.#stopWatching = devServer.watch((built) => {
      if (built === 'mini-program') cloud.pageErrors.noteNewBuild()
      // What is still so is noted again when it is met.
      cloud.notes.forgetSources()
      this.#notify()
    })
  }

  /** @throws CommandError if the port or the data folder cannot be had */
  static async start({
    settings,
    port,
    printer,
    output,
    beforeOpening,
  }: StartOptions): Promise<RunningProject> {
    const { phone, project, sources, userTable, guide, dataDirectory } = settings
    const settingsErrors: SettingsErrors = { lines: [] }
    let cloudNotes = (): readonly Note[] => earlyNotes
    const earlyNotes: Note[] = []
    const findings = () => ({
      errors: settingsErrors.lines,
      notes: [...settings.findings(), ...cloudNotes().map((note) => describeNote(note, project.root))],
    })
    const devServer = await DevServer.build({
      phone,
      root: project.root,
      sources,
      findings,
      userTable,
      guide,
      hasExample: settings.cloud.example !== undefined,
      operations: titleOf(settings.cloud.operations),
      ignored: dataDirectory,
    })
    try {
      if (beforeOpening) {
        await devServer.missingPackages()
        await beforeOpening()
      }
      let running: RunningProject | undefined
      const onNote = (note: Note) => {
        earlyNotes.push(note)
        running?.printFindings()
      }
      const cloud = await openCloud({ ...settings.cloud, port, pages: devServer.pages, onNote })
      cloudNotes = () => cloud.notes.list()
      cloud.callLog.onEnd((call) => output.call(call))
      cloud.pageErrors.onAdd((error) => output.pageError(error))
      cloud.callLog.onLateLine((call, line) => output.lateLine(call, line))
      running = new RunningProject(cloud, { devServer, printer, settingsErrors })
      return running
    } catch (error) {
      devServer.watch(() => {})()
      throw error
    }
  }

  /** Of phones and console. */
  get address(): URL {
    return new URL('/', this.cloud.sdkUrl)
  }

  /** Packages of the mini-program that are not installed, by name, with the package.json that has them; once it is built. */
  missingPackages(): Promise<ReadonlyMap<string, string>> {
    return this.#devServer.missingPackages()
  }

  /** Prints what the build has found. */
  printFindings(): void {
    this.#printer.print(this.#devServer.findings())
  }

  /** Says what is wrong with changed settings; the project runs on with those it has. */
  showSettingsErrors(errors: readonly string[]): void {
    this.#settingsErrors.lines = errors
    this.#notify()
  }

  async close(): Promise<void> {
    this.#stopWatching()
    await this.cloud.close()
  }

  #notify(): void {
    this.printFindings()
    this.cloud.events.emit('code')
  }
}

async function openCloud(options: Parameters<typeof startCloud>[0] & { port: number }): Promise<Cloud> {
  try {
    return await startCloud(options)
  } catch (error) {
    throw new CommandError(explainFailedStart(error, options))
  }
}
