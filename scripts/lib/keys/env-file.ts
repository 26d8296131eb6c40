import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { makeSecrets, type SecretVariables, toEnvFile } from './make-secrets.ts'
import { closeSecretFile, writeSecretFile } from './secret-file.ts'

/** The file has only one of the two secrets. A new second one would lock every user out. */
export class HalfSecrets extends Error {
  override readonly name = 'HalfSecrets'
}

/**
 * Makes sure that a `.env` file has secrets and that only its owner may read it (0600). Never overwrites a secret or
 * anything else in it.
 * @returns what it did
 * @throws HalfSecrets
 */
export function ensureSecrets(file: string): 'made' | 'added' | 'kept' {
  if (!existsSync(file)) {
    writeSecretFile(file, toEnvFile(makeSecrets()))
    return 'made'
  }
  closeSecretFile(file)
  const text = readFileSync(file, 'utf8')
  const { LOGIN_SECRETS, INDEX_SECRET } = parseEnv(text) as Partial<SecretVariables>
  if (LOGIN_SECRETS && INDEX_SECRET) return 'kept'
  if (LOGIN_SECRETS || INDEX_SECRET) throw new HalfSecrets(`${file} has one of two secrets`)
  const gap = text === '' || text.endsWith('\n') ? '' : '\n'
  writeSecretFile(file, `${text}${gap}${toEnvFile(makeSecrets())}`)
  return 'added'
}
