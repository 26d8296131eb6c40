import { randomBytes } from 'node:crypto'

/**
 * Identifies one account, from its registration to its deletion. A person who closes the account and registers again has
 * the same user id and another generation. Each document of the account has a copy of it, so that a document of a closed
 * account is recognized by its generation and never by dates, which can be edited and imported.
 * @param now milliseconds since 1970, when the account is registered
 */
export function newGeneration(now: number): string {
  return `${now.toString(36)}.${randomBytes(9).toString('base64url')}`
}

/** When an account of this generation was registered, milliseconds since 1970; undefined for anything else. */
export function registeredAt(generation: string | undefined): number | undefined {
  const [, time] = /^([0-9a-z]{1,10})\.[\w-]{12}$/.exec(generation ?? '') ?? []
  return time === undefined ? undefined : Number.parseInt(time, 36)
}
