import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { fail } from '../project.ts'
import { withVariable } from './env-variable.ts'
import type { KeyRing } from './key-ring.ts'
import { writeSecretFile } from './secret-file.ts'

/** Reads the keys of a `.env` file, or ends the program if one of its two secrets is missing. */
export function readKeyRing(file: string): KeyRing {
  if (!existsSync(file)) fail('没有 .env，请先 npm run secrets · there is no .env: npm run secrets first')
  const {
    LOGIN_SECRETS,
    INDEX_SECRET,
    ADDED_KEYS = '',
    REPLACED_KEYS = '',
  } = parseEnv(readFileSync(file, 'utf8'))
  if (!LOGIN_SECRETS || !INDEX_SECRET)
    fail(
      '.env 缺少 LOGIN_SECRETS 或 INDEX_SECRET：请从备份恢复 · .env lacks one of the two: restore it, or remove it and run again',
    )
  return { loginSecrets: LOGIN_SECRETS, addedKeys: ADDED_KEYS, replacedKeys: REPLACED_KEYS }
}

/** Writes the keys into a `.env` file; its other lines stay. */
export function saveKeyRing(file: string, { loginSecrets, addedKeys, replacedKeys }: KeyRing): void {
  const changes = { LOGIN_SECRETS: loginSecrets, ADDED_KEYS: addedKeys, REPLACED_KEYS: replacedKeys }
  let text = readFileSync(file, 'utf8')
  for (const [name, value] of Object.entries(changes)) text = withVariable(text, name, value)
  writeSecretFile(file, text)
}
