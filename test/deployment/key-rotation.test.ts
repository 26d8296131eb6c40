import { cpSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RevealPhoneData } from '../../contract/admin.ts'
import { makeAdminToken, openSealedPhone } from '../../scripts/lib/admin/admin-token.ts'
import { addKey, type KeyRing, useKey } from '../../scripts/lib/keys/key-ring.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { spoilToken, stored, tripsOf } from '../miniprogram/app-state.ts'
import { removeCompiled } from '../miniprogram/phone/compiled.ts'
import { Phone } from '../miniprogram/phone/phone.ts'
import { CITY, DAY, PhoneUser } from '../miniprogram/phone-user.ts'
import { CloudKit, CONSENT, succeeded } from '../support/cloud-kit.ts'
import { isExhaustive } from '../support/exhaustive.ts'

/**
 * Functions are deployed one by one, so during a change of keys older and newer bundles answer the same phone. The
 * real mini-program calls while each function in turn gets its next keys.
 */
const FUNCTIONS = ['login', 'checkToken', 'logout', 'account', 'trips', 'admin', 'cleanup']
const BACKWARDS = [...FUNCTIONS].reverse()
const MIXED = ['trips', 'login', 'admin', 'checkToken', 'account']
const ORDERS = isExhaustive ? [FUNCTIONS, BACKWARDS, MIXED] : [MIXED]
const PHONE_NUMBER = '13800138000'

const { LOGIN_SECRETS, INDEX_SECRET } = makeSecrets()
const today = new Date('2026-11-28T00:00:00Z')
const old: KeyRing = { loginSecrets: LOGIN_SECRETS, replacedKeys: '', addedKeys: '' }
const added = addKey(old, today)
const used = useKey(added, 'k2', today)

let kit: CloudKit
let functionsDirectory: string
let testUser: PhoneUser
let people = 0
let deployments = 0

/** As an upload does: other variables in the package, and a new file that ends the instances of the older one. */
function deploy(name: string, { loginSecrets }: KeyRing): void {
  const directory = join(functionsDirectory, name)
  cpSync(join(projectPath('dist/cloudfunctions'), name), directory, { recursive: true })
  writeFileSync(join(directory, 'env.json'), JSON.stringify({ LOGIN_SECRETS: loginSecrets, INDEX_SECRET }))
  deployments += 1
  utimesSync(join(directory, 'index.js'), deployments, deployments)
}
const deployAll = (ring: KeyRing) => {
  for (const name of FUNCTIONS) deploy(name, ring)
}

beforeAll(async () => {
  functionsDirectory = mkdtempSync(join(tmpdir(), 'rotation-'))
  deployAll(old)
  kit = await CloudKit.start({ functionsDirectory, arePackaged: true })
})
afterAll(async () => {
  await kit.stop()
  removeCompiled()
  rmSync(functionsDirectory, { recursive: true, force: true })
})
beforeEach(async () => {
  deployAll(old)
  people += 1
  const phone = Phone.of(kit, `oTestUser-${people}`)
  phone.clock.aheadMilliseconds = kit.cloud.clock.offsetMilliseconds
  await phone.launch()
  testUser = new PhoneUser(kit, `oTestUser-${people}`, phone, () => {})
  await testUser.logIn()
  expect(keyOfToken()).toBe('k1')
  phone.calls.length = 0
})
afterEach(() => testUser.phone.switchOff())

/** The key that signed the token on the phone. */
function keyOfToken(): string {
  const [header = ''] = (stored(testUser).login?.token ?? '').split('.')
  return JSON.parse(Buffer.from(header, 'base64url').toString()).kid
}
const sessions = () => testUser.userDocument?.['sessions'] as unknown[]
const logins = () => testUser.phone.callsOf('login').length
const listTrips = () => tripsOf(testUser.phone).load()

/** Half of a token's life passes, so that the next launch renews it. */
async function launchWhenDue(): Promise<void> {
  await testUser.wait(16 * DAY)
  await testUser.phone.launch()
}

describe('in two phases, in whatever order functions are deployed', () => {
  it.each(ORDERS)('no login is lost and none is made: %s, …', async (...order) => {
    for (const ring of [added, used]) {
      for (const name of [...order, ...FUNCTIONS]) {
        deploy(name, ring)
        await launchWhenDue()
        expect(await listTrips()).toMatchObject({ ok: true })
      }
    }
    expect(logins()).toBe(0)
    expect(sessions()).toHaveLength(1)
    expect(keyOfToken()).toBe('k2')
  })

  it('a ticket, a number and an admin token made with the new key are taken by functions without it in use', async () => {
    deployAll(added)
    deploy('login', used)
    const { openid } = testUser
    const answer = { kind: 'reset' } as const
    kit.cloud.faults.add({ action: 'database.modifyDocument', target: 'users', answer, times: 1 })
    const consent = { version: CONSENT }
    const phoneCode = await kit.phoneCode(openid, '13900139000')
    const failure = await kit.login(openid, { phoneCode, consent })
    kit.cloud.faults.clear()
    const ticket = failure.code === 200 ? '' : (failure.ticket ?? '')
    expect(ticket).toMatch(/^k2\./)
    const { token } = succeeded(await kit.login(openid, {}))
    succeeded(await kit.call('account', openid, { token, action: 'changePhone', ticket }))
    // The other way round: an older function's ticket meets the newer login, which stores the number.
    expect(testUser.userDocument?.['phoneCipher']).toMatch(/^k1\./)
    const again = await kit.phoneCode(openid, PHONE_NUMBER)
    succeeded(await kit.login(openid, { phoneCode: again, consent }))
    expect(testUser.userDocument?.['phoneCipher']).toMatch(/^k2\./)
    const variables = { LOGIN_SECRETS: used.loginSecrets, INDEX_SECRET }
    const userId = testUser.userDocument?.['_id']
    const admin = makeAdminToken(variables, 'alice', kit.cloud.clock.now())
    const reveal = { token: admin, action: 'reveal', userId, reason: '用户来电核实' }
    const { sealedPhone } = succeeded(await kit.call<RevealPhoneData>('admin', undefined, reveal))
    for (const { loginSecrets } of [added, used]) {
      const opened = openSealedPhone({ LOGIN_SECRETS: loginSecrets, INDEX_SECRET }, sealedPhone)
      expect(opened).toBe(`+86${PHONE_NUMBER}`)
    }
  })
})

describe('with the new key in use at once, which is the wrong way', () => {
  it('a phone whose token was renewed logs in once at most, and stays logged in', async () => {
    deploy('login', used)
    deploy('checkToken', used)
    await launchWhenDue()
    expect(keyOfToken()).toBe('k2')
    for (let call = 0; call < 11; call++) {
      expect(await listTrips()).toMatchObject({ ok: false })
      expect(stored(testUser).login?.token).toBeTruthy()
    }
    expect(logins()).toBeLessThanOrEqual(1)
    expect(await listTrips()).toEqual({ ok: false, failure: 'UPDATING' })
    expect(sessions().length).toBeLessThanOrEqual(2)
    deploy('trips', used)
    expect(await listTrips()).toMatchObject({ ok: true })
    expect(logins()).toBeLessThanOrEqual(1)
  })

  it('a phone that is opened again and again for an hour of deploying makes a handful of logins, not one each time', async () => {
    deploy('login', used)
    deploy('checkToken', used)
    await launchWhenDue()
    for (let minute = 0; minute < 60; minute++) {
      await testUser.wait(60_000)
      await testUser.phone.launch()
      await listTrips()
    }
    expect(logins()).toBeGreaterThan(0)
    expect(logins()).toBeLessThanOrEqual(6)
    deploy('trips', used)
    expect(await listTrips()).toMatchObject({ ok: true })
  })

  it('at launch, a check that refuses a new token leaves it, and nobody is logged out', async () => {
    deploy('login', used)
    spoilToken(testUser)
    expect(await listTrips()).toEqual({ ok: false, failure: 'UPDATING' })
    expect(logins()).toBe(1)
    for (let launch = 0; launch < 5; launch++) {
      await testUser.phone.launch()
      expect(keyOfToken()).toBe('k2')
    }
    expect(logins()).toBe(1)
    testUser.phone.tap('.account')
    await testUser.phone.settle()
    expect(testUser.phone.route).toBe('account')
    expect(testUser.phone.text).toContain('退出登录')
  })

  it('a logout that an older function refuses is made again, so that the session ends', async () => {
    deploy('login', used)
    spoilToken(testUser)
    await listTrips()
    await testUser.logOut()
    expect(sessions()).toHaveLength(2)
    deploy('logout', used)
    await testUser.phone.launch()
    expect(sessions()).toHaveLength(1)
  })

  it('the page says that the service is being updated, and its button leads on', async () => {
    deploy('login', used)
    deploy('checkToken', used)
    await launchWhenDue()
    await testUser.open('trips')
    expect(testUser.phone.text).toContain('服务正在更新，请稍后再试。')
    deploy('trips', used)
    testUser.phone.tap('.notice >>> .action')
    await testUser.phone.settle()
    expect(testUser.phone.text).toContain(CITY)
    expect(logins()).toBe(0)
  })
})
