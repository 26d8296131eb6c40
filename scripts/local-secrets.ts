import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { makeSecrets, type SecretVariables, toEnvFile } from './make-secrets.ts'

/** Secrets for the embedded cloud alone, kept with its data and made at first use. */
export function localSecrets(dataDirectory: string): SecretVariables {
  const file = join(dataDirectory, 'secrets.env')
  mkdirSync(dataDirectory, { recursive: true })
  if (!existsSync(file)) writeFileSync(file, toEnvFile(makeSecrets()), { mode: 0o600 })
  return parseEnv(readFileSync(file, 'utf8')) as unknown as SecretVariables
}
