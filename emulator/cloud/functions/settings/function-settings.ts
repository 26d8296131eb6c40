import { LIMITS } from '../../limits.ts'
import { isJson, type Json } from './json-file.ts'

/** What a project sets for one function, in the file of the emulator or in `cloudbaserc.json`. */
export interface FunctionSettings {
  /** 1 to 900; 3 by default, as in the cloud. */
  timeoutSeconds?: number
  /** 256 by default. */
  memoryMegabytes?: number
  /** The platform's name of the Node that runs it, such as `Nodejs20.19`; the emulator's own Node by default. */
  runtime?: string
  /** Environment variables, as set in the console. */
  variables?: Readonly<Record<string, string>>
  /** Path of the HTTP access service that leads to the function, such as `/pay`. */
  http?: string
}

export interface Trigger {
  name: string
  type: string
  config: string
}

/** Everything that the files of a project say of one function. */
export interface MergedSettings {
  timeoutSeconds: number
  memoryMegabytes: number
  /** The platform's name of a Node; undefined if the project names none. */
  runtime: string | undefined
  variables: Readonly<Record<string, string>>
  /** File and export that the platform calls, such as `index.main`. */
  handler: string
  openapiPermissions: readonly string[]
  triggers: readonly Trigger[]
  http: string | undefined
}

/**
 * The settings of one function. What comes first decides, field by field:
 * 1. the emulator's own file, 2. `cloudbaserc.json`, 3. the function's `config.json`, 4. the platform's default.
 * Variables are merged. Permissions and triggers: `config.json` has both, `cloudbaserc.json` triggers alone.
 */
export function mergeSettings(own: FunctionSettings, cloudbase: Json, config: Json): MergedSettings {
  const timeout = own.timeoutSeconds ?? cloudbase['timeout'] ?? config['timeout']
  const memory = own.memoryMegabytes ?? cloudbase['memorySize'] ?? config['memorySize']
  const triggers = triggersOf(cloudbase['triggers'])
  return {
    timeoutSeconds: timeoutOf(timeout),
    memoryMegabytes: positive(memory) ?? LIMITS.functions.memoryMegabytes,
    runtime: own.runtime ?? textOf(cloudbase['runtime']) ?? textOf(config['runtime']),
    variables: {
      ...textsOf(config['envVariables']),
      ...textsOf(cloudbase['envVariables']),
      ...own.variables,
    },
    handler: textOf(cloudbase['handler']) ?? textOf(config['handler']) ?? 'index.main',
    openapiPermissions: permissionsOf(config['permissions']),
    triggers: triggers.length > 0 ? triggers : triggersOf(config['triggers']),
    http: own.http === undefined ? undefined : `/${own.http.replace(/^\/+|\/+$/g, '')}`,
  }
}

function timeoutOf(value: unknown): number {
  return Math.min(positive(value) ?? LIMITS.functions.timeoutSeconds, LIMITS.functions.maximumTimeoutSeconds)
}

/** A number, also one that is written as text. */
function positive(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && number > 0 ? number : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function textsOf(value: unknown): Record<string, string> {
  if (!isJson(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]))
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
