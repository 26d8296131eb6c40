import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HadBefore } from './edits/app-json.ts'
import type { AddOptions } from './options.ts'
import { Refusal } from './refusal.ts'

/** In the folder of project.config.json; belongs into the app's repository. */
export const MANIFEST_FILE = '.wechat-phone-login.json'

/** What the login has written into an app, for updates and for taking it out again. */
export interface Manifest {
  /** Of the login. */
  version: string
  options: AddOptions
  /** SHA-256 of each file as it was written last, with line feeds, by path. */
  files: Record<string, string>
  /** Folders that were made, the outer before the inner. */
  folders: string[]
  /** Files of the app that were edited, by path. */
  edits: Record<string, RecordedEdit>
  /** What app.json had before; which settings are the app's own. */
  hadBefore: HadBefore
}

export interface RecordedEdit {
  /** Each takes the file back by one run of the command, the last first, if it has the hash. */
  undo: { hash: string; offset: number; length: number; text: string }[]
  /** Lines that were put into app.js. */
  inserted?: string
}

/**
 * @returns undefined if the login was not added to this app
 * @throws Refusal if the record cannot be read
 */
export function readManifest(root: string): Manifest | undefined {
  const file = join(root, MANIFEST_FILE)
  if (!existsSync(file)) return undefined
  try {
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest
    if (isWhole(manifest)) return manifest
  } catch {
    // Said below.
  }
  throw new Refusal(`${MANIFEST_FILE} 读不懂：请用 git 恢复它 · cannot be read: restore it with git`)
}

function isWhole({ files, edits, folders, options }: Manifest): boolean {
  if (![files, edits, options].every(isRecord) || !Array.isArray(folders)) return false
  return [...Object.keys(files), ...Object.keys(edits), ...folders].every(isInside)
}

/** A record names files of its own project only. */
function isInside(path: string): boolean {
  return !path.startsWith('/') && !/(^|\/)\.\.(\/|$)/.test(path) && !/^[A-Za-z]:/.test(path)
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
