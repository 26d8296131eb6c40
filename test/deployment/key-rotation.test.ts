import { cpSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FunctionCall, Phone, TestProject } from 'wechat-cloud-emulator/testing'
import type { RevealPhoneData } from '../../contract/admin.ts'
import { makeAdminToken, openSealedPhone } from '../../scripts/lib/admin/admin-token.ts'
import { addKey, type KeyRing, useKey } from '../../scripts/lib/keys/key-ring.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { CITY } from '../miniprogram/log-in.ts'
import { loggedInAtHome, logOut, openOwn, stored, userDocument } from '../miniprogram/own-account.ts'
import { openAbove } from '../miniprogram/screen.ts'
import { ERROR_TEXTS, TEXTS } from '../miniprogram/texts.ts'
import { CloudKit, CONSENT, succeeded } from '../support/cloud-kit.ts'
import { isExhaustive } from '../support/exhaustive.ts'
import { startApp } from '../support/start-app.ts'

/**
 * Functions are deployed one by one, so during a change of keys older and newer bundles answer the same phone. The
 * real mini-program calls while each function in turn gets its next keys.
 */
const FUNCTIONS = ['login', 'checkToken', 'logout', 'account', 'trips', 'admin', 'cleanup']
const BACKWARDS = [...FUNCTIONS].reverse()
const MIXED = ['trips', 'login', 'admin', 'checkToken', 'account']
const ORDERS = isExhaustive ? [FUNCTIONS, BACKWARDS, MIXED] : [MIXED]
const PHONE_NUMBER = '13800138000'
const TRIPS_PAGE = 'pages/trips/trips'

const { LOGIN_SECRETS, INDEX_SECRET } = makeSecrets()
const today = new Date('2026-11-28T00:00:00Z')
const old: KeyRing = { loginSecrets: LOGIN_SECRETS, replacedKeys: '', addedKeys: '' }
const added = addKey(old, today)
const used = useKey(added, 'k2', today)

let project: TestProject
let kit: CloudKit
let functionsDirectory: string
let phone: Phone
/** Since the login of the test. */
let loginsRead = 0
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
  // Each function has the variables of its own package, and none besides.
  const app = await startApp({ cloud: { functionsDirectory, variables: {} } })
  project = app.project
  kit = CloudKit.of(app)
}, 90_000)
afterAll(async () => {
  await project.stop()
  rmSync(functionsDirectory, { recursive: true, force: true })
})
beforeEach(async () => {
  deployAll(old)
  phone = await loggedInAtHome(project)
  expect(await keyOfToken()).toBe('k1')
  await phone.calls()
  loginsRead = 0
})
afterEach(() => project.reset())

/** The key that signed the token on the phone. */
async function keyOfToken(): Promise<string> {
  const [header = ''] = ((await stored(phone)).login?.token ?? '').split('.')
  return JSON.parse(Buffer.from(header, 'base64url').toString()).kid
}

async function sessions(): Promise<unknown[]> {
  return (await userDocument(project))?.['sessions'] as unknown[]
}

/** How many the phone has made since that of the test. */
async function logins(): Promise<number> {
  loginsRead += (await phone.calls()).filter(({ name }) => name === 'login').length
  return loginsRead
}

/** The page of trips is on top, and has loaded them. */
async function expectTrips(): Promise<void> {
  expect(await phone.page()).toBe(TRIPS_PAGE)
  expect(await phone.texts('.trip >>> .city')).toEqual([CITY])
  expect(await phone.texts('.notice >>> .action')).toEqual([])
}

/** The page of trips is on top, has none, and shows why. */
async function expectUpdating(): Promise<void> {
  expect(await phone.page()).toBe(TRIPS_PAGE)
  expect(await phone.text()).toContain(ERROR_TEXTS.UPDATING)
  expect(await phone.count('.trip')).toBe(0)
}

/** The next call of `trips` has a token that has gone bad while the app was open. The function itself refuses it. */
async function spoilNextToken(): Promise<void> {
  // A token that has just been issued is believed to be good.
  await project.clock.advance('5 min')
  const withBadToken = ({ name, data }: FunctionCall) =>
    kit.call(name, phone.openid, { ...data, token: 'garbled' })
  await phone.answerCalls('trips', withBadToken, 1)
}

/** Half of a token's life passes, so that the next launch renews it. */
async function launchWhenDue(): Promise<void> {
  await project.clock.advance('16 days')
  await phone.open()
}

describe('in two phases, in whatever order functions are deployed', () => {
  it.each(ORDERS)('no login is lost and none is made: %s, …', async (...order) => {
    for (const ring of [added, used]) {
      for (const name of [...order, ...FUNCTIONS]) {
        deploy(name, ring)
        await launchWhenDue()
        await openAbove(phone, TRIPS_PAGE)
        await expectTrips()
      }
    }
    expect(await logins()).toBe(0)
    expect(await sessions()).toHaveLength(1)
    expect(await keyOfToken()).toBe('k2')
  })

  it('a ticket, a number and an admin token made with the new key are taken by functions without it in use', async () => {
    deployAll(added)
    deploy('login', used)
    const { openid } = phone
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
    expect((await userDocument(project))?.['phoneCipher']).toMatch(/^k1\./)
    const again = await kit.phoneCode(openid, PHONE_NUMBER)
    succeeded(await kit.login(openid, { phoneCode: again, consent }))
    expect((await userDocument(project))?.['phoneCipher']).toMatch(/^k2\./)
    const variables = { LOGIN_SECRETS: used.loginSecrets, INDEX_SECRET }
    const userId = (await userDocument(project))?.['_id']
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
    expect(await keyOfToken()).toBe('k2')
    await openAbove(phone, TRIPS_PAGE)
    await expectUpdating()
    for (let call = 1; call < 12; call++) {
      await phone.pullDown()
      await expectUpdating()
      expect((await stored(phone)).login?.token).toBeTruthy()
    }
    expect(await logins()).toBeLessThanOrEqual(1)
    expect((await sessions()).length).toBeLessThanOrEqual(2)
    deploy('trips', used)
    await phone.pullDown()
    await expectTrips()
    expect(await logins()).toBeLessThanOrEqual(1)
  })

  it('a phone that is opened again and again for an hour of deploying makes a handful of logins, not one each time', async () => {
    deploy('login', used)
    deploy('checkToken', used)
    await launchWhenDue()
    for (let minute = 0; minute < 60; minute++) {
      await project.clock.advance('1 min')
      await phone.open(TRIPS_PAGE)
    }
    expect(await logins()).toBeGreaterThan(0)
    expect(await logins()).toBeLessThanOrEqual(6)
    deploy('trips', used)
    await phone.pullDown()
    await expectTrips()
  })

  it('at launch, a check that refuses a new token leaves it, and nobody is logged out', async () => {
    deploy('login', used)
    await spoilNextToken()
    await openAbove(phone, TRIPS_PAGE)
    await expectUpdating()
    expect(await logins()).toBe(1)
    for (let launch = 0; launch < 5; launch++) {
      await phone.open()
      expect(await keyOfToken()).toBe('k2')
    }
    expect(await logins()).toBe(1)
    await phone.tap('.account')
    expect(await phone.page()).toBe('account/pages/account/account')
    expect(await phone.text()).toContain(TEXTS.account.logout)
  })

  it('a logout that an older function refuses is made again, so that the session ends', async () => {
    deploy('login', used)
    await spoilNextToken()
    await openAbove(phone, TRIPS_PAGE)
    await expectUpdating()
    expect(await keyOfToken()).toBe('k2')
    await phone.back()
    await logOut(phone)
    expect(await sessions()).toHaveLength(1)
    deploy('logout', used)
    await phone.open()
    expect(await sessions()).toEqual([])
  })

  it('the page says that the service is being updated, and its button leads on', async () => {
    deploy('login', used)
    deploy('checkToken', used)
    await launchWhenDue()
    await openOwn(phone, 'trips')
    await expectUpdating()
    deploy('trips', used)
    await phone.tap('.notice >>> .action')
    await expectTrips()
    expect(await logins()).toBe(0)
  })
})
