import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { FunctionCatalog, type Trigger } from 'wechat-cloud-emulator'
import { filesBelow } from '../files-below.ts'

/** A file that goes to the cloud with its function. */
export interface SentFile {
  path: string
  bytes: number
  /** SHA-256, hexadecimal; undefined for the file of the secrets. */
  hash: string | undefined
}

/** A function in dist/, ready to be sent. */
export interface BuiltFunctionFolder {
  name: string
  directory: string
  files: readonly SentFile[]
  /** The permissions that config.json requests. */
  openapi: readonly string[]
  triggers: readonly Trigger[]
  /** From config.json; undefined if it has none. */
  timeoutSeconds: number | undefined
  /** The platform's name of a Node, from config.json; undefined if it names none. */
  runtime: string | undefined
  /** Names of the packaged variables, never their values. */
  variables: readonly string[]
}

/** Packaged variables of a function, written by the build from `.env`. */
export const VARIABLES_FILE = 'env.json'

/** Reads a folder of built functions. */
export function readBuiltFunctions(root: string): BuiltFunctionFolder[] {
  const catalog = new FunctionCatalog(root)
  return catalog.names().map((name) => {
    const directory = join(root, name)
    const definition = catalog.find(name)
    return {
      name,
      directory,
      files: filesBelow(directory).map((path) => describeFile(directory, path)),
      openapi: definition?.openapiPermissions ?? [],
      triggers: definition?.triggers ?? [],
      ...settingsOf(join(directory, 'config.json')),
      variables: variableNames(join(directory, VARIABLES_FILE)),
    }
  })
}

export function totalBytes({ files }: BuiltFunctionFolder): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

function describeFile(directory: string, path: string): SentFile {
  const file = join(directory, path)
  const isSecret = path === VARIABLES_FILE
  return {
    path,
    bytes: statSync(file).size,
    hash: isSecret ? undefined : createHash('sha256').update(readFileSync(file)).digest('hex'),
  }
}

function settingsOf(file: string): Pick<BuiltFunctionFolder, 'timeoutSeconds' | 'runtime'> {
  const { timeout, runtime } = readJson(file)
  return {
    timeoutSeconds: typeof timeout === 'number' ? timeout : undefined,
    runtime: typeof runtime === 'string' ? runtime : undefined,
  }
}

function variableNames(file: string): string[] {
  return Object.keys(readJson(file)).sort()
}

function readJson(file: string): Record<string, unknown> {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {}
}
