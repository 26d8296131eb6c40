import { AppError } from '../core/app-error.ts'
import type { Environment } from '../core/environment.ts'

/** A key, and the id by which tokens and ciphers name it. */
export interface Secret {
  id: string
  bytes: Buffer
}

export interface Secrets {
  /** The first signs and encrypts; all verify and decrypt. */
  login: readonly [Secret, ...Secret[]]
  /** Derives user ids and the blind index, so it must never change. */
  index: Buffer
}

const MINIMUM_BYTES = 32
/** Of 32 random bytes, fewer than 16 are different in one case out of 10^15. */
const MINIMUM_DIFFERENT_BYTES = 16
const HOW =
  'run `npm run secrets` and set it in the function’s environment variables, or build with it in .env'

/**
 * Reads `LOGIN_SECRETS` (`k2:<base64url>,k1:<base64url>`) and `INDEX_SECRET` (`<base64url>`) from the
 * environment, else from the packaged env.json.
 * @throws AppError MISCONFIGURED, whose log says which one is wrong, why, and what to do
 */
export function readSecrets(environment: Environment): Secrets {
  return {
    login: parseLoginSecrets(required(environment, 'LOGIN_SECRETS')),
    index: parseKey('INDEX_SECRET', required(environment, 'INDEX_SECRET')),
  }
}

function required(environment: Environment, name: string): string {
  const value = environment[name]?.trim()
  if (!value) throw misconfigured(`${name} is not set`)
  return value
}

function parseLoginSecrets(text: string): [Secret, ...Secret[]] {
  const [first, ...others] = text.split(',').map(parseSecret)
  if (!first) throw misconfigured('LOGIN_SECRETS is empty')
  const secrets: [Secret, ...Secret[]] = [first, ...others]
  if (new Set(secrets.map((secret) => secret.id)).size < secrets.length) {
    throw misconfigured('LOGIN_SECRETS names the same key twice')
  }
  return secrets
}

function parseSecret(entry: string): Secret {
  const [id = '', key = '', ...rest] = entry.trim().split(':')
  if (!/^[A-Za-z0-9_-]{1,16}$/.test(id) || rest.length > 0) {
    throw misconfigured('LOGIN_SECRETS must look like k2:<key>,k1:<key>')
  }
  return { id, bytes: parseKey('LOGIN_SECRETS', key) }
}

function parseKey(name: string, text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) throw misconfigured(`${name} holds a key that is not base64url`)
  if (bytes.length < MINIMUM_BYTES)
    throw misconfigured(`${name} holds a key shorter than ${MINIMUM_BYTES} bytes`)
  if (new Set(bytes).size < MINIMUM_DIFFERENT_BYTES)
    throw misconfigured(`${name} holds a key that is not random`)
  return bytes
}

function misconfigured(problem: string): AppError {
  return new AppError('MISCONFIGURED', { log: `${problem}: ${HOW}` })
}
