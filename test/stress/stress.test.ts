import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ListSessionsData } from '../../contract/account.ts'
import type { Answer } from '../../contract/answer.ts'
import type { CheckTokenData } from '../../contract/check-token.ts'
import type { LoginData } from '../../contract/login.ts'
import { makeAdminToken } from '../../scripts/lib/admin/admin-token.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { CloudKit, CONSENT, succeeded, verdict } from '../support/cloud-kit.ts'
import { isExhaustive } from '../support/exhaustive.ts'
import { TestUser } from '../support/test-user.ts'

/** Larger for a closer look: `DEVICES=200 npx vitest run test/stress/stress.test.ts`. */
const DEVICES = Number(process.env['DEVICES'] ?? (isExhaustive ? 50 : 14))
const TIMEOUT_MILLISECONDS = 300_000
/** Of each of several functions at once; more than that and a small machine is busy with itself. */
const INSTANCES = isExhaustive ? 4 : 2
const openid = 'oEverywhere'
const consent = { version: CONSENT }

let kit: CloudKit
/** Every token that was ever handed out, and which of them were ended on purpose, by an answer that said so. */
let handedOut: Set<string>
let ended: Set<string>
let calls: number

beforeEach(async () => {
  const variables = { ...makeSecrets(), LOGIN_LIMIT: '1000' }
  kit = await CloudKit.start({ variables, maximumInstances: INSTANCES })
  handedOut = new Set()
  ended = new Set()
  calls = 0
})
afterEach(async () => {
  console.info(`full speed: ${calls} calls, ${handedOut.size} tokens`)
  await kit.stop()
})

/** As the app does: what a busy cloud did not do in time is asked again, with the ticket if there is one. */
async function ask<Data>(name: string, data: object, tries = 20): Promise<Answer<Data>> {
  calls += 1
  const answer = await kit.call<Data>(name, openid, data)
  if (answer.code === 503 && tries > 1) {
    const { ticket } = answer
    const { phoneCode, ...rest } = data as { phoneCode?: string }
    const again = phoneCode === undefined ? data : ticket === undefined ? rest : { ...rest, ticket }
    return ask(name, again, tries - 1)
  }
  const { token } = (answer.code === 200 ? answer.data : {}) as { token?: string }
  if (token) handedOut.add(token)
  return answer
}
const login = async (fields: object = {}) => ask<LoginData>('login', { consent, ...fields })
const loginWithCode = async () => login({ phoneCode: await kit.phoneCode(openid) })
const check = (token: string) => ask<CheckTokenData>('checkToken', { token })
const tokenOf = (answer: Answer<LoginData>) => (answer.code === 200 ? answer.data.token : '')
/** Asked again as well when the cloud was too busy: an act that was begun is finished so. */
async function admin(action: string, userId: string, tries = 20): Promise<Answer<object>> {
  const token = makeAdminToken(kit.variables, 'alice', kit.cloud.clock.now())
  const answer = await kit.call<object>('admin', undefined, { token, action, userId, reason: '核实身份' })
  return answer.code === 503 && tries > 1 ? admin(action, userId, tries - 1) : answer
}
const timer = () => kit.control.post('timer', { function: 'cleanup' }) as Promise<{ result: Answer<unknown> }>
const sessionOf = (token: string) => claimsOf(token).sid
function claimsOf(token: string): { sid: string; sub: string } {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

/** Says why, where `toBe(true)` would not. */
function expectVerdicts(answers: readonly Answer<unknown>[], allowed: RegExp): void {
  expect(answers.map(verdict).filter((text) => !allowed.test(text))).toEqual([])
}

/** What must be so whatever has happened: one document, at most ten sessions, and an ended session stays ended. */
async function expectInvariants(): Promise<void> {
  const documents = kit.users().filter((user) => user['openid'] === openid)
  expect(documents.length).toBeLessThanOrEqual(1)
  const sessions = ((documents[0]?.['sessions'] ?? []) as { id: string }[]).map(({ id }) => id)
  expect(sessions.length).toBeLessThanOrEqual(10)
  expect(new Set(sessions).size).toBe(sessions.length)
  const tokens = [...handedOut]
  const verdicts = await Promise.all(tokens.map(async (token) => verdict(await check(token))))
  const working = tokens.filter((_token, place) => verdicts[place] === '200')
  expect(working.filter((token) => ended.has(sessionOf(token)))).toEqual([])
  expect(working.filter((token) => !sessions.includes(sessionOf(token)))).toEqual([])
  if (documents[0]?.['status'] !== 'active') expect(working).toEqual([])
}

/** Every instance of a function, so that calls really run beside one another. */
async function warmUp(...names: readonly string[]): Promise<void> {
  await kit.control.post('latency', { milliseconds: 200 })
  const calls = names.flatMap((name) =>
    Array.from({ length: INSTANCES }, () => kit.invoke(name, 'oSomebodyElse', {})),
  )
  await Promise.all(calls)
  await kit.control.post('latency', { milliseconds: 0 })
}

const ACTS = ['log in', 'log out', 'renew', 'revoke another', 'end the others', 'end all', 'rename'] as const

/** One device: logs in and then does what its number says, over and over. */
async function device(number: number): Promise<void> {
  let token = tokenOf(number % 3 === 0 ? await loginWithCode() : await login())
  for (let round = 0; round < 3; round++) {
    if (token === '') token = tokenOf(await login())
    const act = ACTS[(number * 5 + round * 3) % ACTS.length]
    token = (await perform(act, token)) ? token : ''
  }
}

/** @returns whether the token is to be used on */
async function perform(act: (typeof ACTS)[number] | undefined, token: string): Promise<boolean> {
  const isOwn = /^(200|403 (SESSION_REVOKED|ACCOUNT_DISABLED|ACCOUNT_CLOSED))$/
  switch (act) {
    case 'log in': {
      const answer = await loginWithCode()
      expectVerdicts([answer], /^(200|400 PHONE_CODE_INVALID)$/)
      return true
    }
    case 'log out': {
      expectVerdicts([await ask('logout', { token })], /^200$/)
      ended.add(sessionOf(token))
      return false
    }
    case 'revoke another': {
      const listed = await ask<ListSessionsData>('account', { token, action: 'sessions' })
      expectVerdicts([listed], isOwn)
      const other = listed.code === 200 ? listed.data.sessions.find(({ current }) => !current) : undefined
      if (!other) return false
      const answer = await ask('logout', { token, sessionId: other.id })
      expectVerdicts([answer], isOwn)
      if (answer.code === 200) ended.add(other.id)
      return answer.code === 200
    }
    case 'end the others':
    case 'end all': {
      const answer = await ask('logout', { token, scope: act === 'end all' ? 'all' : 'others' })
      expectVerdicts([answer], isOwn)
      if (answer.code === 200 && act === 'end all') ended.add(sessionOf(token))
      return answer.code === 200 && act !== 'end all'
    }
    case 'rename': {
      const answer = await ask('account', { token, action: 'update', nickname: '小明' })
      expectVerdicts([answer], isOwn)
      return answer.code === 200
    }
    default: {
      const answer = await check(token)
      expectVerdicts([answer], isOwn)
      return answer.code === 200
    }
  }
}

describe('at full speed', () => {
  it(
    `${DEVICES} devices of one person log in, out, renew and revoke, with cleanup beside everything`,
    async () => {
      await warmUp('login', 'logout', 'checkToken', 'account')
      succeeded(await loginWithCode())
      await Promise.all([
        ...Array.from({ length: DEVICES }, (_, number) => device(number)),
        (async () => {
          for (let run = 0; run < 8; run++) expectVerdicts([(await timer()).result], /^200$/)
        })(),
      ])
      await expectInvariants()
      expect(kit.users()).toHaveLength(1)
      expectVerdicts([await login()], /^200$/)
    },
    TIMEOUT_MILLISECONDS,
  )

  it(
    'sessions due for renewal are renewed and ended at once: none comes back',
    async () => {
      const tokens = []
      for (let count = 0; count < 10; count++) tokens.push(tokenOf(await loginWithCode()))
      await warmUp('logout', 'checkToken')
      await kit.control.post('clock', { advanceSeconds: 20 * 24 * 60 * 60 })
      await Promise.all(
        tokens.flatMap((token, number) => [
          check(token),
          check(token),
          number % 2 === 0
            ? ask('logout', { token }).then(() => ended.add(sessionOf(token)))
            : check(token).then(() => check(token)),
          ...(number === 5 ? [timer()] : []),
        ]),
      )
      expect(ended.size).toBe(5)
      await expectInvariants()
      const [user] = kit.users()
      expect(user?.['sessions']).toHaveLength(5)
    },
    TIMEOUT_MILLISECONDS,
  )

  it(
    `a user who is disabled while ${DEVICES} devices log in is out at once, with every token there is`,
    async () => {
      const { userInfo } = succeeded(await loginWithCode())
      await warmUp('login', 'admin', 'checkToken')
      let isDisabled = false
      const devices = Array.from({ length: DEVICES }, async (_, number) => {
        for (let round = 0; round < 3; round++) {
          const begunAfter = isDisabled
          const answer = number % 2 === 0 ? await login() : await loginWithCode()
          expectVerdicts([answer], begunAfter ? /^403 ACCOUNT_DISABLED$/ : /^(200|403 ACCOUNT_DISABLED)$/)
        }
      })
      const disabling = admin('disable', userInfo.id).then((answer) => {
        isDisabled = true
        expectVerdicts([answer], /^200$/)
      })
      await Promise.all([...devices, disabling, timer()])
      expect(kit.users()).toMatchObject([{ status: 'disabled', sessions: [] }])
      const verdicts = await Promise.all([...handedOut].map(async (token) => verdict(await check(token))))
      expect(new Set(verdicts)).toEqual(new Set(['403 ACCOUNT_DISABLED']))
      succeeded(await admin('enable', userInfo.id))
      await expectInvariants()
      const after = await Promise.all([...handedOut].map(async (token) => verdict(await check(token))))
      expect(new Set(after)).toEqual(new Set(['403 SESSION_REVOKED']))
    },
    TIMEOUT_MILLISECONDS,
  )

  it(
    'an account closed twice at once, amid logins, trips, pictures and cleanup, leaves nothing',
    async () => {
      const neighbour = await kit.loginWithCode('oNeighbour')
      const picture = await new TestUser(kit, 'oNeighbour', neighbour.token).setAvatar()
      const { token, userInfo } = succeeded(await loginWithCode())
      const other = tokenOf(await loginWithCode())
      const account = new TestUser(kit, openid, token)
      await account.setAvatar()
      await warmUp('login', 'account', 'trips', 'checkToken')
      const close = (bearer: string) => ask('account', { token: bearer, action: 'close', confirmed: true })
      const saves = Array.from({ length: 20 }, (_, number) =>
        ask('trips', { token: other, action: 'save', key: `trip-at-once-${number}`, city: '杭州', days: 1 }),
      )
      // Few enough that no eleventh session pushes those out that close the account.
      const silent = Array.from({ length: 5 }, () => ask<LoginData>('login', {}))
      const closings = [close(token), close(other)]
      const answers = await Promise.all([
        ...saves,
        ...silent,
        ...closings,
        ask('account', { token: other, action: 'avatarUpload', type: 'png' }),
        timer().then(({ result }) => result),
      ])
      expectVerdicts(answers, /^(200|403 (ACCOUNT_CLOSED|SESSION_REVOKED)|404 PHONE_REQUIRED)$/)
      expectVerdicts(await Promise.all(closings), /^(200|403 (ACCOUNT_CLOSED|SESSION_REVOKED))$/)
      for (const bearer of handedOut) if (kit.users().length > 1) await close(bearer)
      expect(kit.users()).toMatchObject([{ openid: 'oNeighbour' }])
      expect([...handedOut].length).toBeGreaterThan(1)
      await expectInvariants()

      await kit.control.post('clock', { advanceSeconds: 3 * 60 * 60 })
      for (let run = 0; run < 3; run++) await timer()
      const left = kit.cloud.database
        .collections()
        .map(({ name }) => JSON.stringify(kit.documents(name)))
        .join()
      expect(left).not.toContain(userInfo.id)
      expect(left).not.toContain(openid)
      expect(kit.documents('trips')).toEqual([])
      expect(kit.documents('avatars')).toMatchObject([{ fileId: picture }])
      expect(kit.cloud.files.list()).toHaveLength(1)
    },
    TIMEOUT_MILLISECONDS,
  )

  it(
    'an account closed while its person logs in with a code again is one account or none, and never half of one',
    async () => {
      const { token } = succeeded(await loginWithCode())
      await warmUp('login', 'account', 'checkToken')
      const answers = await Promise.all([
        ...Array.from({ length: 10 }, () => loginWithCode()),
        ask('account', { token, action: 'close', confirmed: true }),
        ask('account', { token, action: 'close', confirmed: true }),
        ...Array.from({ length: 10 }, () => loginWithCode()),
      ])
      // A login whose answer was lost goes on silently, and then meets that there is no account any more.
      expectVerdicts(
        answers,
        /^(200|400 PHONE_CODE_INVALID|403 (ACCOUNT_CLOSED|SESSION_REVOKED)|404 PHONE_REQUIRED)$/,
      )
      await expectInvariants()
      const verdicts = await Promise.all([...handedOut].map(async (one) => verdict(await check(one))))
      expect(verdicts.filter((text) => text === '200').length).toBeLessThanOrEqual(10)
      expectVerdicts([await check(token)], /^403 /)
      expectVerdicts([await loginWithCode()], /^200$/)
    },
    TIMEOUT_MILLISECONDS,
  )
})
