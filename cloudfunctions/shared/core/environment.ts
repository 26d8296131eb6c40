import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from './app-error.ts'

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
    // There is no env.json where the console's variables are used.
    return {}
  }
}

/** Whether accounts without a phone number are allowed: `PHONE_REQUIRED=false`. Anything else means they are not. */
export function isPhoneRequired(): boolean {
  return variable('PHONE_REQUIRED')?.trim().toLowerCase() !== 'false'
}

/**
 * Whether WeChat is asked to check that a phone code was issued to the person who sends it: `PHONE_CODE_OPENID`, `on` (the
 * default) or `off`.
 * @throws AppError MISCONFIGURED for anything else, since a typing error must not end the check
 */
export function isPhoneCodeOpenidSent(): boolean {
  const value = variable('PHONE_CODE_OPENID')?.trim().toLowerCase() ?? ''
  if (value === '' || value === 'on') return true
  if (value === 'off') return false
  throw new AppError('MISCONFIGURED', {
    log: 'PHONE_CODE_OPENID is neither `on` nor `off`: set one of them, or remove it',
  })
}

/**
 * How many phone authorizations may be paid for on one day in China: `PHONE_BUDGET_PER_DAY`, an integer of at least 0; without
 * it any number.
 * @throws AppError MISCONFIGURED for anything else, since a typing error must not open the purse
 */
export function phoneBudget(): number | undefined {
  const value = variable('PHONE_BUDGET_PER_DAY')?.trim() ?? ''
  if (value === '') return undefined
  if (/^\d{1,9}$/.test(value)) return Number(value)
  throw new AppError('MISCONFIGURED', {
    log: 'PHONE_BUDGET_PER_DAY is no integer of at least 0: set one, or remove it',
  })
}

const DEFAULT_LOGIN_LIMIT = 30

/** Logins of one person within three minutes: `LOGIN_LIMIT`, 1 to 1000; anything else means 30. */
export function loginLimit(): number {
  const limit = Number(variable('LOGIN_LIMIT'))
  return Number.isInteger(limit) && limit >= 1 && limit <= 1000 ? limit : DEFAULT_LOGIN_LIMIT
}

/**
 * A limit of `RATE_LIMITS`, such as `update:100,export:50`: each 1 to 1000. A limit that is missing
 * there or invalid is `standard`, raised in proportion to `LOGIN_LIMIT`.
 */
export function rateLimit(kind: string, standard: number): number {
  const entries = (variable('RATE_LIMITS') ?? '').split(',').map((entry) => entry.trim().split(':'))
  const limit = Number(entries.find(([name]) => name === kind)?.[1])
  return Number.isInteger(limit) && limit >= 1 && limit <= 1000
    ? limit
    : Math.round(standard * Math.max(1, loginLimit() / DEFAULT_LOGIN_LIMIT))
}

/** Read at every login, so without a copy of the whole environment. */
function variable(name: string): string | undefined {
  return process.env[name] ?? packagedEnvironment()[name]
}
