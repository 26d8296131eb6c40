import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { deriveKeys } from '../../cloudfunctions/shared/crypto/keys.ts'
import { readSecrets } from '../../cloudfunctions/shared/crypto/secrets.ts'
import { userIdOf } from '../../cloudfunctions/shared/crypto/user-id.ts'
import type { FindUserData } from '../../contract/admin.ts'
import { makeAdminToken } from '../../scripts/lib/admin/admin-token.ts'
import { buildFunctions } from '../../scripts/lib/build/build-functions.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { CloudKit, succeeded, verdict } from '../support/cloud-kit.ts'
import { newPad } from '../support/export-pad.ts'
import { ENVIRONMENTS, environmentOf } from './fixtures/environment-map.ts'

const PEOPLE = Array.from({ length: 12 }, (_, number) => `oSpread-${number}`)
/** The mini-program knows this one. Its functions are the others', and `route`. */
const FIRST = 'prod-1'

/** Environments of one mini-program, all with the same keys. */
const clouds = new Map<string, CloudKit>()
const secrets = { ...makeSecrets() }
let functions: string

beforeAll(async () => {
  functions = mkdtempSync(join(tmpdir(), 'environments-'))
  await buildFunctions({ source: projectPath('test/environments/fixtures'), target: functions })
  cpSync(projectPath('dist/cloudfunctions'), functions, { recursive: true })
  for (const name of Object.keys(ENVIRONMENTS)) {
    clouds.set(name, await CloudKit.start({ functionsDirectory: functions, variables: secrets }))
  }
}, 60_000)
afterAll(async () => {
  for (const cloud of clouds.values()) await cloud.stop()
  rmSync(functions, { recursive: true, force: true })
})

function cloudOf(name: string | undefined): CloudKit {
  const cloud = clouds.get(name ?? '')
  if (!cloud) throw new Error(`no environment ${name}`)
  return cloud
}

/** As the mini-program does at its first start: asks once, and calls nothing else there. */
async function routed(openid: string): Promise<{ home: CloudKit; others: CloudKit[] }> {
  const { environment } = succeeded(await cloudOf(FIRST).call<{ environment: string }>('route', openid, {}))
  const others = [...clouds].filter(([name]) => name !== environment).map(([, cloud]) => cloud)
  return { home: cloudOf(environment), others }
}

it('a map has every first character of a user id in one environment', () => {
  const characters = Object.values(ENVIRONMENTS).join('')
  expect([...characters].sort().join('')).toBe(
    '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz',
  )
})

it('user ids are even: each environment gets its share, and each first character its own', () => {
  const { userId: key } = deriveKeys(readSecrets(secrets))
  const count = 64_000
  const counts = new Map<string, number>()
  for (let number = 0; number < count; number++) {
    const id = userIdOf(key, 'wx1234567890abcdef', `oPerson-${number}`)
    for (const group of [id.charAt(2), String(environmentOf(id))])
      counts.set(group, (counts.get(group) ?? 0) + 1)
  }
  // Six standard deviations: of 1,000 for a character, and of 32,000 for an environment.
  for (const [group, share] of counts) {
    const expected = group.length === 1 ? count / 64 : count / 2
    expect(Math.abs(share - expected), group).toBeLessThan(6 * Math.sqrt(expected))
  }
  expect(counts.size).toBe(66)
})

it('the function that answers the environment sends no request', async () => {
  await routed('oAsks')
  expect(await cloudOf(FIRST).lastCall()).toMatchObject({ functionName: 'route', roundTrips: [] })
})

it('people live in the environment of their id, with all that is theirs, and the others know nothing of them', async () => {
  for (const openid of PEOPLE) {
    const { home, others } = await routed(openid)
    const { token, userInfo } = await home.loginWithCode(openid)
    expect(cloudOf(environmentOf(userInfo.id))).toBe(home)
    expect(verdict(await home.checkToken(openid, { token }))).toBe('200')
    succeeded(await home.call('account', openid, { token, action: 'export', pad: newPad() }))
    for (const other of others) expect(other.users({ openid })).toEqual([])
  }
  const sizes = [...clouds.values()].map((cloud) => cloud.users().length)
  expect(sizes.reduce((sum, size) => sum + size)).toBe(PEOPLE.length)
})

it('a token is refused by another environment, which has the keys and not the session', async () => {
  const { home, others } = await routed('oAstray')
  const { token } = await home.loginWithCode('oAstray')
  for (const other of others)
    expect(verdict(await other.checkToken('oAstray', { token }))).toBe('403 ACCOUNT_CLOSED')
  expect(verdict(await home.checkToken('oAstray', { token }))).toBe('200')
})

it('an administrator finds a number by asking each environment, with one token', async () => {
  const { home } = await routed('oFound')
  const { userInfo } = await home.loginWithCode('oFound', '13700137001')
  const token = makeAdminToken(secrets, 'zhang', Date.now())
  const found = async (cloud: CloudKit) => {
    const request = { token, action: 'find', phone: '13700137001' }
    return succeeded(await cloud.call<FindUserData>('admin', undefined, request)).users.map(
      ({ userId }) => userId,
    )
  }
  const all = await Promise.all([...clouds.values()].map(found))
  expect(all.flat()).toEqual([userInfo.id])
})
