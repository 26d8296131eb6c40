import { randomBytes } from 'node:crypto'

export interface SecretVariables {
  LOGIN_SECRETS: string
  INDEX_SECRET: string
}

const newKey = () => randomBytes(32).toString('base64url')

export function makeSecrets(): SecretVariables {
  return { LOGIN_SECRETS: `k1:${newKey()}`, INDEX_SECRET: newKey() }
}

/** A new key under the next free id: `k3:<key>`. */
export function nextKey(loginSecrets: string): string {
  const numbers = [...loginSecrets.matchAll(/(?:^|,)\s*k(\d+):/g)].map((match) => Number(match[1]))
  return `k${Math.max(0, ...numbers) + 1}:${newKey()}`
}

/** The text of a `.env` file. */
export function toEnvFile({ LOGIN_SECRETS, INDEX_SECRET }: SecretVariables): string {
  return `# Keys of the login functions. Whoever has them can forge logins and read phone numbers: keep them to yourself.
# The first of LOGIN_SECRETS is used, the others are still accepted. INDEX_SECRET must never change.
LOGIN_SECRETS=${LOGIN_SECRETS}
INDEX_SECRET=${INDEX_SECRET}
`
}
