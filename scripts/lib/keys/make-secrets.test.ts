import { parseEnv } from 'node:util'
import { expect, it } from 'vitest'
import { readSecrets } from '../../../cloudfunctions/shared/crypto/secrets.ts'
import { makeSecrets, nextKey, toEnvFile } from './make-secrets.ts'

it('makes secrets that the functions accept, different every time', () => {
  const secrets = parseEnv(toEnvFile(makeSecrets()))
  expect(readSecrets(secrets).login.map(({ id }) => id)).toEqual(['k1'])
  expect(makeSecrets()).not.toEqual(makeSecrets())
})

it('makes the next key under the next free id', () => {
  const { LOGIN_SECRETS, INDEX_SECRET } = makeSecrets()
  const second = `${nextKey(LOGIN_SECRETS)},${LOGIN_SECRETS}`
  const third = `${second},${nextKey(second)}`
  const secrets = readSecrets({ LOGIN_SECRETS: third, INDEX_SECRET })
  expect(secrets.login.map(({ id }) => id)).toEqual(['k2', 'k1', 'k3'])
  expect(nextKey('k7:a, k9:b')).toMatch(/^k10:[\w-]{43}$/)
})
