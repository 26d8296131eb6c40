import { command } from './database.ts'

/** Condition on `phoneCipher`: sealed with the key of this id. `/` is the character after `.`. */
export function sealedWith(keyId: string): ReturnType<typeof command.and> {
  return command.gte(`${keyId}.`).and(command.lt(`${keyId}/`))
}
