import { readdirSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Note } from '../../control/note.ts'
import { CloudbaseConfig } from './settings/cloudbase-config.ts'
import { codeVersion } from './settings/code-version.ts'
import { configNotes } from './settings/config-notes.ts'
import { findEntry, noEntryReason } from './settings/entry.ts'
import { type FunctionSettings, type MergedSettings, mergeSettings } from './settings/function-settings.ts'
import { JsonFiles } from './settings/json-file.ts'

export type { Trigger } from './settings/function-settings.ts'

/** A deployed cloud function, as its folder and the project's settings say. */
export interface FunctionDefinition extends MergedSettings {
  name: string
  /** Absolute path of its folder. */
  directory: string
  /** Absolute path of the file that holds the handler: its `index.js`, unless `handler` names another. */
  entry: string
  /** What the handler is exported as. */
  exportName: string
  /** Changes whenever the code does, so that instances of older code are not used again. */
  version: string
  /** What is wrong in its settings, or differs in the cloud. */
  notes: readonly Note[]
}

export interface CatalogOptions {
  /** By function's name; takes precedence over what the project's other files say. */
  settings?: Readonly<Record<string, FunctionSettings>>
  /** Folder of the project, where `cloudbaserc.json` may be; that of the functions by default. */
  projectDirectory?: string
}

/** What WeChat takes as the name of a function. */
const NAME = /^[A-Za-z][\w-]{0,59}$/

/** What is deployed: one folder a function, as `cloudfunctionRoot` of a mini-program project. */
export class FunctionCatalog {
  readonly #root: string
  readonly #cloudbase: CloudbaseConfig
  readonly #configs = new JsonFiles()
  #settings: Readonly<Record<string, FunctionSettings>>

  /** @param root the folder that holds the functions' folders; it may not exist (yet) */
  constructor(root: string, { settings = {}, projectDirectory = root }: CatalogOptions = {}) {
    this.#root = root
    this.#settings = settings
    this.#cloudbase = new CloudbaseConfig([projectDirectory, root])
  }

  /** Replaces the settings by function. Running instances end with their call. */
  configure(settings: Readonly<Record<string, FunctionSettings>>): void {
    this.#settings = settings
  }

  names(): string[] {
    return this.#folders().filter((name) => this.find(name) !== undefined)
  }

  /** The function of that name as it is on disk now, or undefined. */
  find(name: string): FunctionDefinition | undefined {
    const directory = this.#directoryOf(name)
    if (directory === undefined) return undefined
    const cloudbase = this.#cloudbase.settingsOf(name)
    const configFile = join(directory, 'config.json')
    const config = this.#configs.read(configFile)
    const settings = mergeSettings(ownSettings(this.#settings, name), cloudbase.settings, config.value)
    const entry = findEntry(directory, settings.handler)
    if (!entry) return undefined
    const { memoryMegabytes, variables, runtime } = settings
    return {
      ...settings,
      name,
      directory,
      entry: entry.file,
      exportName: entry.exportName,
      version: codeVersion(directory, { memoryMegabytes, variables, runtime, entry }),
      notes: [...nameNotes(name, directory), ...cloudbase.notes, ...configNotes(configFile, config)],
    }
  }

  /** Says why there is no function of that name: Chinese, then English. */
  absenceReason(name: string): string {
    const directory = this.#directoryOf(name)
    if (directory !== undefined) {
      const { handler } = mergeSettings({}, this.#cloudbase.settingsOf(name).settings, {})
      return noEntryReason(directory, handler)
    }
    const similar = this.#folders().find((folder) => folder.toLowerCase() === name.toLowerCase())
    const hint = similar === undefined ? '' : `，有 ${similar}（区分大小写） · names are case-sensitive`
    return `${this.#root} 里没有 ${name.slice(0, 60)}${hint}`
  }

  /** @returns undefined if there is no such folder, or not under exactly this name */
  #directoryOf(name: string): string | undefined {
    if (!this.#folders().includes(name)) return undefined
    return realpathSync(join(this.#root, name))
  }

  #folders(): string[] {
    if (statSync(this.#root, { throwIfNoEntry: false })?.isDirectory() !== true) return []
    return readdirSync(this.#root, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
      .filter((entry) => entry.isDirectory() || (entry.isSymbolicLink() && this.#leadsToFolder(entry.name)))
      .map(({ name }) => name)
      .sort()
  }

  #leadsToFolder(name: string): boolean {
    return statSync(join(this.#root, name), { throwIfNoEntry: false })?.isDirectory() === true
  }
}

function ownSettings(settings: Readonly<Record<string, FunctionSettings>>, name: string): FunctionSettings {
  return (Object.hasOwn(settings, name) ? settings[name] : undefined) ?? {}
}

function nameNotes(name: string, directory: string): Note[] {
  if (NAME.test(name)) return []
  const message = `云函数名 ${name} 在云端不能用：只能有字母、数字、_ 和 - · letters, digits, _ and - alone in the cloud`
  return [{ file: directory, message }]
}
