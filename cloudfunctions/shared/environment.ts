import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Environment = Readonly<Record<string, string | undefined>>

let packaged: Environment | undefined

/** `process.env`, completed by the env.json that `npm run build` writes next to the function's code. */
export function functionEnvironment(): Environment {
  return { ...packagedEnvironment(), ...process.env }
}

function packagedEnvironment(): Environment {
  packaged ??= readPackaged()
  return packaged
}

function readPackaged(): Environment {
  try {
    return JSON.parse(readFileSync(join(__dirname, 'env.json'), 'utf8'))
  } catch {
    // Not packaged, which is how it should be where the console's variables are used.
    return {}
  }
}

/** Whether accounts without a phone number are allowed: `PHONE_REQUIRED=false`. Anything else means they are not. */
export function isPhoneRequired(): boolean {
  return variable('PHONE_REQUIRED')?.trim().toLowerCase() !== 'false'
}

const DEFAULT_LOGIN_LIMIT = 30

/** Logins of one person within three minutes: `LOGIN_LIMIT`, 1 to 1000; anything else means 30. */
export function loginLimit(): number {
  const limit = Number(variable('LOGIN_LIMIT'))
  return Number.isInteger(limit) && limit >= 1 && limit <= 1000 ? limit : DEFAULT_LOGIN_LIMIT
}

/**
 * A limit of `RATE_LIMITS`, such as `update:100,export:50`: each 1 to 1000. What is not named there, or is not such a
 * number, is as given, raised in proportion where `LOGIN_LIMIT` is.
 */
export function rateLimit(kind: string, standard: number): number {
  const entries = (variable('RATE_LIMITS') ?? '').split(',').map((entry) => entry.trim().split(':'))
  const limit = Number(entries.find(([name]) => name === kind)?.[1])
  return Number.isInteger(limit) && limit >= 1 && limit <= 1000
    ? limit
    : Math.round(standard * Math.max(1, loginLimit() / DEFAULT_LOGIN_LIMIT))
}

/** Asked at every login, so without copying the whole environment. */
function variable(name: string): string | undefined {
  return process.env[name] ?? packagedEnvironment()[name]
}
