import { command } from './database.ts'

/** Condition on `phoneCipher`: sealed with the key of this id. `/` is the character after `.`. */
export function sealedWith(keyId: string): ReturnType<typeof command.and> {
  return command.gte(`${keyId}.`).and(command.lt(`${keyId}/`))
}

/**
 * Conditions on `phoneCipher` that together are met by every number sealed with a key that is not among these: what
 * lies before the first, between two, and behind the last. An index answers each at once; one condition that excludes
 * the keys would read every user.
 */
export function sealedWithNone(keyIds: readonly string[]): ReturnType<typeof command.and>[] {
  // With the dot: `k1-a.` comes before `k1.`.
  const known = keyIds
    .map((id) => `${id}.`)
    .sort()
    .map((prefix) => prefix.slice(0, -1))
  const starts = [command.gt(''), ...known.map((id) => command.gte(`${id}/`))]
  return starts.map((start, place) => {
    const next = known[place]
    return next === undefined ? start : start.and(command.lt(`${next}.`))
  })
}
