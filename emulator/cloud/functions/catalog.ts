import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { LIMITS } from '../limits.ts'

export interface Trigger {
  name: string
  type: string
  config: string
}

/** A deployed cloud function, as its folder says. */
export interface FunctionDefinition {
  name: string
  /** Absolute path of its `index.js`. */
  entry: string
  /** Changes whenever the code does, so that instances of older code are not used again. */
  version: string
  timeoutSeconds: number
  /** The openapi names its `config.json` asks for. */
  openapiPermissions: readonly string[]
  triggers: readonly Trigger[]
}

/** What is deployed: one folder a function, as `cloudfunctionRoot` of a mini-program project. */
export class FunctionCatalog {
  readonly #root: string
  /** What was read from each `config.json`, and when that had last been changed. */
  readonly #configs = new Map<string, { changedAt: number; config: Json }>()

  /** @param root the folder that holds the functions' folders; it may not exist (yet) */
  constructor(root: string) {
    this.#root = root
  }

  names(): string[] {
    if (!existsSync(this.#root)) return []
    return readdirSync(this.#root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(this.#root, entry.name, 'index.js')))
      .map((entry) => entry.name)
      .sort()
  }

  /** The function of that name as it is on disk now, or undefined. */
  find(name: string): FunctionDefinition | undefined {
    if (!/^[A-Za-z][\w-]*$/.test(name)) return undefined
    const entry = join(this.#root, name, 'index.js')
    const stat = statSync(entry, { throwIfNoEntry: false })
    if (!stat) return undefined
    const config = this.#config(join(this.#root, name, 'config.json'))
    return {
      name,
      entry,
      version: `${stat.mtimeMs}:${stat.size}`,
      timeoutSeconds: timeoutOf(config['timeout']),
      openapiPermissions: permissionsOf(config['permissions']),
      triggers: triggersOf(config['triggers']),
    }
  }

  /** Looks at the file for every call, and reads it only when it was changed. */
  #config(file: string): Json {
    const stat = statSync(file, { throwIfNoEntry: false })
    if (!stat) return {}
    const known = this.#configs.get(file)
    if (known?.changedAt === stat.mtimeMs) return known.config
    const config = readConfig(file)
    this.#configs.set(file, { changedAt: stat.mtimeMs, config })
    return config
  }
}

type Json = Record<string, unknown>

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readConfig(file: string): Json {
  try {
    const config: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isJson(config) ? config : {}
  } catch {
    // The platform ignores a config.json that it cannot read: the function simply has no permissions.
    return {}
  }
}

function timeoutOf(value: unknown): number {
  if (typeof value !== 'number' || !(value > 0)) return LIMITS.functions.timeoutSeconds
  return Math.min(value, LIMITS.functions.maximumTimeoutSeconds)
}

function permissionsOf(value: unknown): string[] {
  const names = isJson(value) ? value['openapi'] : undefined
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
}

function triggersOf(value: unknown): Trigger[] {
  if (!Array.isArray(value)) return []
  return value.filter(isJson).map((trigger) => ({
    name: String(trigger['name'] ?? ''),
    type: String(trigger['type'] ?? ''),
    config: String(trigger['config'] ?? ''),
  }))
}
