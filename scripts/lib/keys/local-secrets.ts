import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { makeSecrets, type SecretVariables, toEnvFile } from './make-secrets.ts'
import { closeSecretFile, writeSecretFile } from './secret-file.ts'

/** Secrets for the embedded cloud alone, kept with its data and made at first use. */
export function localSecrets(dataDirectory: string): SecretVariables {
  const file = join(dataDirectory, 'secrets.env')
  mkdirSync(dataDirectory, { recursive: true })
  if (existsSync(file)) closeSecretFile(file)
  else writeSecretFile(file, toEnvFile(makeSecrets()))
  return parseEnv(readFileSync(file, 'utf8')) as unknown as SecretVariables
}
