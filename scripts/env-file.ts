import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { makeSecrets, type SecretVariables, toEnvFile } from './make-secrets.ts'

/** The file whose secrets are missing in part: to make the other one anew would lock every user out. */
export class HalfSecrets extends Error {
  override readonly name = 'HalfSecrets'
}

/**
 * Sees to it that a `.env` file has secrets. What is in it stays: a secret is never written over.
 * @returns what was done
 * @throws HalfSecrets
 */
export function ensureSecrets(file: string): 'made' | 'added' | 'kept' {
  if (!existsSync(file)) {
    writeFileSync(file, toEnvFile(makeSecrets()), { mode: 0o600 })
    return 'made'
  }
  const text = readFileSync(file, 'utf8')
  const { LOGIN_SECRETS, INDEX_SECRET } = parseEnv(text) as Partial<SecretVariables>
  if (LOGIN_SECRETS && INDEX_SECRET) return 'kept'
  if (LOGIN_SECRETS || INDEX_SECRET) throw new HalfSecrets(`${file} has one of two secrets`)
  appendFileSync(file, `${text === '' || text.endsWith('\n') ? '' : '\n'}${toEnvFile(makeSecrets())}`)
  return 'added'
}

/** The text of a `.env` file with one variable set: in its place if it is there, else at the end. All else stays. */
export function withVariable(text: string, name: string, value: string): string {
  const line = new RegExp(`^(?:export[ \\t]+)?${name}[ \\t]*=.*$`, 'm')
  if (line.test(text)) return text.replace(line, () => `${name}=${value}`)
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${name}=${value}\n`
}
