import type { AppJson } from '../edits/app-json.ts'
import type { Language } from '../payload/payload.ts'

/** A mini-program that the login goes into. Paths are from `root`, with `/`. */
export interface Target {
  /** Folder of project.config.json, absolute. */
  root: string
  /** `projectname` of project.config.json. */
  projectName: string
  language: Language
  /** Folder of app.json; empty for the root itself. */
  miniprogramRoot: string
  /** Folder with a folder for each function, and whether project.config.json names it. */
  functionsRoot: { path: string; isSet: boolean }
  appJson: { path: string; text: string; value: AppJson }
  appScript: { path: string; text: string }
  projectConfig: { path: string; text: string }
  /** Names of its settings for the emulator, which allows one. */
  emulatorConfigs: readonly string[]
  /** Its own `wx.cloud.init`; undefined if it has none. */
  cloudInit: CloudInit | undefined
  /** Names of collections that its code uses, as far as it writes them out. */
  collections: readonly string[]
}

/** A call of `wx.cloud.init` in the app's own code. */
export interface CloudInit {
  path: string
  line: number
}

/** Joins paths of a target: an empty folder is the root. */
export function pathIn(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}
