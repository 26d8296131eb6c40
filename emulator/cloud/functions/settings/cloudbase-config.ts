import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Note } from '../../../control/note.ts'
import { isJson, type Json, JsonFiles } from './json-file.ts'

const FILE = 'cloudbaserc.json'
/** `{{env.NAME}}` inside a value. */
const TEMPLATE = /\{\{\s*env\.(\w+)\s*\}\}/g

/**
 * `cloudbaserc.json` of a project: the settings that the CloudBase command line deploys functions with.
 * Source: https://docs.cloudbase.net/cli-v1/config
 */
export class CloudbaseConfig {
  readonly #directories: readonly string[]
  readonly #files = new JsonFiles()

  /** @param directories where the file may be; the first that has one counts */
  constructor(directories: readonly string[]) {
    this.#directories = directories
  }

  /** What it says of a function; empty if nothing. `{{env.NAME}}` becomes the value in `.env` or `.env.local`. */
  settingsOf(functionName: string): { settings: Json; notes: readonly Note[] } {
    const directory = this.#directories.find((folder) => existsSync(join(folder, FILE)))
    if (directory === undefined) return { settings: {}, notes: [] }
    const { value, notes } = this.#files.read(join(directory, FILE))
    const functions: unknown[] = Array.isArray(value['functions']) ? value['functions'] : []
    const settings = functions.filter(isJson).find(({ name }) => name === functionName) ?? {}
    if (!JSON.stringify(settings).includes('{{')) return { settings, notes }
    return withVariables(settings, directory, notes)
  }
}

function withVariables(settings: Json, directory: string, notes: readonly Note[]) {
  const variables = {
    ...readVariables(join(directory, '.env')),
    ...readVariables(join(directory, '.env.local')),
  }
  const missing = new Set<string>()
  const text = JSON.stringify(settings).replace(TEMPLATE, (template, name: string) => {
    const value = variables[name]
    if (value === undefined) missing.add(name)
    return value === undefined ? template : JSON.stringify(value).slice(1, -1)
  })
  const file = join(directory, FILE)
  const added = [...missing].map(
    (name): Note => ({ file, message: `.env 里没有 ${name} · {{env.${name}}} is not in .env` }),
  )
  return { settings: JSON.parse(text) as Json, notes: [...notes, ...added] }
}

/** Lines `NAME=value`, with or without quotes. */
function readVariables(file: string): Record<string, string> {
  if (!existsSync(file)) return {}
  const lines = readFileSync(file, 'utf8').matchAll(/^\s*(?:export\s+)?(\w+)\s*=[ \t]*(.*?)[ \t]*$/gm)
  return Object.fromEntries(
    [...lines].map(([, name = '', value = '']) => [name, value.replace(/^(["'])(.*)\1$/, '$2')]),
  )
}
