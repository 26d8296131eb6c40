import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { AppError } from '../core/app-error.ts'
import { deriveKeys } from './keys.ts'
import { readSecrets } from './secrets.ts'

const key = () => randomBytes(32).toString('base64url')
const good = { LOGIN_SECRETS: `k2:${key()},k1:${key()}`, INDEX_SECRET: key() }

function complaintOf(environment: Record<string, string | undefined>): string {
  try {
    readSecrets(environment)
  } catch (error) {
    expect(error).toBeInstanceOf(AppError)
    const { reason, log = '' } = error as AppError
    expect(reason).toBe('MISCONFIGURED')
    expect(log).toContain('npm run secrets')
    return log
  }
  throw new Error('accepted')
}

describe('secrets', () => {
  it('are read in their order', () => {
    const secrets = readSecrets(good)
    expect(secrets.login.map(({ id }) => id)).toEqual(['k2', 'k1'])
    expect(secrets.index).toHaveLength(32)
  })

  const short = randomBytes(31).toString('base64url')
  const flat = Buffer.alloc(32, 7).toString('base64url')
  it.each([
    ['missing', { LOGIN_SECRETS: undefined }, 'LOGIN_SECRETS is not set'],
    ['blank', { LOGIN_SECRETS: '  ' }, 'LOGIN_SECRETS is not set'],
    ['without an id', { LOGIN_SECRETS: key() }, 'must look like'],
    ['with a bad id', { LOGIN_SECRETS: `k 1:${key()}` }, 'must look like'],
    ['short', { LOGIN_SECRETS: `k1:${short}` }, 'shorter than 32 bytes'],
    ['not random', { LOGIN_SECRETS: `k1:${flat}` }, 'not random'],
    ['not base64url', { LOGIN_SECRETS: `k1:${'!'.repeat(43)}` }, 'not base64url'],
    ['named twice', { LOGIN_SECRETS: `k1:${key()},k1:${key()}` }, 'the same key twice'],
    ['with a trailing comma', { LOGIN_SECRETS: `k1:${key()},` }, 'must look like'],
    ['the index secret missing', { INDEX_SECRET: '' }, 'INDEX_SECRET is not set'],
    ['the index secret short', { INDEX_SECRET: short }, 'INDEX_SECRET holds a key shorter'],
  ])('that are %s are refused, saying what to set', (_name, change, expected) => {
    expect(complaintOf({ ...good, ...change })).toContain(expected)
  })

  it('never show themselves in the complaint', () => {
    expect(complaintOf({ ...good, LOGIN_SECRETS: `k1:${short}` })).not.toContain(short)
  })
})

describe('derived keys', () => {
  it('differ for every purpose and every secret', () => {
    const keys = deriveKeys(readSecrets(good))
    const rings = [keys.token, keys.phone, keys.ticket, keys.admin, keys.reveal]
    const all = rings.flat().map((named) => named.key)
    const texts = [...all, keys.userId, keys.phoneIndex].map((derived) => derived.export().toString('hex'))
    expect(new Set(texts).size).toBe(12)
  })

  it('are the same for the same secrets', () => {
    const [first, second] = [deriveKeys(readSecrets(good)), deriveKeys(readSecrets(good))]
    expect(first.userId.equals(second.userId)).toBe(true)
  })
})
