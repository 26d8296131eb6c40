import { parseEnv } from 'node:util'
import { expect, it } from 'vitest'
import { readSecrets } from '../cloudfunctions/shared/secrets.ts'
import { addKey, makeSecrets, toEnvFile } from './make-secrets.ts'

it('makes secrets that the functions accept, different every time', () => {
  const secrets = parseEnv(toEnvFile(makeSecrets()))
  expect(readSecrets(secrets).login.map(({ id }) => id)).toEqual(['k1'])
  expect(makeSecrets()).not.toEqual(makeSecrets())
})

it('adds a key in front and keeps the others', () => {
  const { LOGIN_SECRETS, INDEX_SECRET } = makeSecrets()
  const twice = addKey(addKey(LOGIN_SECRETS))
  expect(readSecrets({ LOGIN_SECRETS: twice, INDEX_SECRET }).login.map(({ id }) => id)).toEqual([
    'k3',
    'k2',
    'k1',
  ])
  expect(twice.endsWith(LOGIN_SECRETS)).toBe(true)
})
