import { command } from './database.ts'

/** Condition on `phoneCipher`: sealed with the key of this id. `/` is the character after `.`. */
export function sealedWith(keyId: string): ReturnType<typeof command.and> {
  return command.gte(`${keyId}.`).and(command.lt(`${keyId}/`))
}

/** The opposite, as a condition on the whole document. */
export function notSealedWith(keyId: string): object {
  return command.or([{ phoneCipher: command.lt(`${keyId}.`) }, { phoneCipher: command.gte(`${keyId}/`) }])
}
