import { makeCollections } from '../cloud/make-collections.ts'
import type { CommandLine } from './command-line.ts'
import { FindingsPrinter } from './findings-printer.ts'
import type { Output } from './output/output.ts'
import { prepareData } from './prepare-data.ts'
import { type ProjectSettings, readProjectSettings, SettingsError } from './project-settings.ts'
import { providePackages } from './provide-packages.ts'
import { RunningProject } from './running-project.ts'
import { SettingsWatch } from './settings-watch.ts'

interface Parts {
  output: Output
  printer: FindingsPrinter
  running: RunningProject
}

/** A project that runs until the session ends, and is started again in place when its settings change. */
export class ProjectSession {
  /** Of phones and console; stays the same. */
  readonly address: URL
  readonly dataDirectory: string
  readonly #line: CommandLine
  readonly #output: Output
  readonly #printer: FindingsPrinter
  readonly #settingsWatch = new SettingsWatch(() => this.#onChange())
  #running: RunningProject
  #reloading = Promise.resolve()

  private constructor(
    line: CommandLine,
    { dataDirectory, files }: ProjectSettings,
    { output, printer, running }: Parts,
  ) {
    this.#line = line
    this.#output = output
    this.#printer = printer
    this.#running = running
    this.address = running.address
    this.dataDirectory = dataDirectory
    this.#settingsWatch.watch(files)
  }

  /** Builds the functions, starts the cloud and prepares the data. @throws CommandError */
  static async start(line: CommandLine, output: Output): Promise<ProjectSession> {
    const printer = new FindingsPrinter(output)
    const settings = await readProjectSettings(line)
    const running = await RunningProject.start({ settings, port: line.port, printer, output })
    try {
      await prepareData(running.cloud, line, { settings, output })
      return new ProjectSession(line, settings, { output, printer, running })
    } catch (error) {
      await running.close()
      throw error
    }
  }

  /** `127.0.0.1:9229`; undefined when functions are not debugged. */
  get inspectorHost(): string | undefined {
    return this.#running.cloud.inspector?.host
  }

  /** Prints what the builds have found so far. */
  printFindings(): void {
    this.#running.printFindings()
  }

  /**
   * Prints what is wrong with the mini-program once it is built, and installs missing packages if that is wanted.
   * @throws CommandError
   */
  async report(): Promise<void> {
    const { isInstalling } = this.#line
    await this.#running.missingPackages()
    if (!isInstalling) this.printFindings()
    const isMoreInstalled = await providePackages(this.#running, {
      dataDirectory: this.dataDirectory,
      isInstalling,
      isAsking: !this.#line.isJson,
      output: this.#output,
    })
    if (isMoreInstalled) await this.#restart(await readProjectSettings(this.#line))
    else if (isInstalling) this.printFindings()
  }

  async end(): Promise<void> {
    this.#settingsWatch.end()
    await this.#reloading
    await this.#running.close()
    this.#output.end()
  }

  #onChange(): void {
    this.#reloading = this.#reloading
      .then(() => this.#reload())
      .catch((error: Error) => {
        this.#output.end()
        console.error(error.message)
        process.exit(1)
      })
  }

  async #reload(): Promise<void> {
    try {
      const changed = await readProjectSettings(this.#line)
      this.#settingsWatch.watch(changed.files)
      await this.#restart(changed)
      this.#output.say('设置已更新 · the settings are applied')
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error
      this.#settingsWatch.watch(error.files)
      this.#running.showSettingsErrors(error.message.split('\n'))
    }
  }

  async #restart(settings: ProjectSettings): Promise<void> {
    this.#running = await RunningProject.start({
      settings,
      port: Number(this.address.port),
      printer: this.#printer,
      output: this.#output,
      beforeOpening: () => this.#running.close(),
    })
    makeCollections(this.#running.cloud, settings.collections)
    this.#running.printFindings()
  }
}
