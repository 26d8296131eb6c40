import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { FunctionCatalog, type Trigger } from '../../emulator/cloud/functions/catalog.ts'

/** A file that goes to the cloud with its function. */
export interface SentFile {
  path: string
  bytes: number
  /** SHA-256, hexadecimal; undefined for the file of the secrets, of which nothing is told. */
  hash: string | undefined
}

/** A function as it stands in dist/, ready to be sent. */
export interface BuiltFunctionFolder {
  name: string
  directory: string
  files: readonly SentFile[]
  /** What config.json asks for. */
  openapi: readonly string[]
  triggers: readonly Trigger[]
  /** Seconds, as config.json says; undefined when it says nothing. */
  timeoutSeconds: number | undefined
  /** Names of the variables that are packaged with it; their values are never read out of here. */
  variables: readonly string[]
}

/** Packaged variables of a function, written by the build from `.env`. */
export const VARIABLES_FILE = 'env.json'

/** Everything that is in a folder of built functions. */
export function readBuiltFunctions(root: string): BuiltFunctionFolder[] {
  const catalog = new FunctionCatalog(root)
  return catalog.names().map((name) => {
    const directory = join(root, name)
    const definition = catalog.find(name)
    return {
      name,
      directory,
      files: filesBelow(directory).map((file) => describeFile(directory, file)),
      openapi: definition?.openapiPermissions ?? [],
      triggers: definition?.triggers ?? [],
      timeoutSeconds: timeoutOf(join(directory, 'config.json')),
      variables: variableNames(join(directory, VARIABLES_FILE)),
    }
  })
}

export function totalBytes({ files }: BuiltFunctionFolder): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(directory, entry.name)
      return entry.isDirectory() ? filesBelow(path) : [path]
    })
    .sort()
}

function describeFile(directory: string, file: string): SentFile {
  const path = relative(directory, file).replaceAll('\\', '/')
  const isSecret = path === VARIABLES_FILE
  return {
    path,
    bytes: statSync(file).size,
    hash: isSecret ? undefined : createHash('sha256').update(readFileSync(file)).digest('hex'),
  }
}

function timeoutOf(file: string): number | undefined {
  const { timeout } = readJson(file)
  return typeof timeout === 'number' ? timeout : undefined
}

function variableNames(file: string): string[] {
  return Object.keys(readJson(file)).sort()
}

function readJson(file: string): Record<string, unknown> {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {}
}
