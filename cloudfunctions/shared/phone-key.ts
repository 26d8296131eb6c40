import { command } from './database.ts'

/** Condition on `phoneCipher`: sealed with the key of this id. `/` is the character after `.`. */
export function sealedWith(keyId: string): ReturnType<typeof command.and> {
  return command.gte(`${keyId}.`).and(command.lt(`${keyId}/`))
}

/** Conditions on `phoneCipher`, each one range of an index: sealed with a key that is none of these. */
export function sealedWithNone(keyIds: readonly string[]): ReturnType<typeof command.and>[] {
  const ids = [...keyIds].sort()
  return [undefined, ...ids].map((id, place) => {
    const from = id === undefined ? command.gt('') : command.gte(`${id}/`)
    const until = ids[place]
    return until === undefined ? from : from.and(command.lt(`${until}.`))
  })
}
