import { randomBytes } from 'node:crypto'

/**
 * The mark of one account, from its registration to its closing. A person who closes the account and registers again has
 * the same user id and another generation. It is copied into what belongs to the account, so that a document of a closed
 * account is told by its mark and never by comparing dates, which people edit and import.
 * @param now milliseconds since 1970, when the account is registered
 */
export function newGeneration(now: number): string {
  return `${now.toString(36)}.${randomBytes(9).toString('base64url')}`
}

/** When an account of this generation was registered, milliseconds since 1970; undefined without such a mark. */
export function registeredAt(generation: string | undefined): number | undefined {
  const [, time] = /^([0-9a-z]{1,10})\.[\w-]{12}$/.exec(generation ?? '') ?? []
  return time === undefined ? undefined : Number.parseInt(time, 36)
}
