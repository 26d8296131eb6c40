import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deriveKeys } from '../../cloudfunctions/shared/crypto/keys.ts'
import { readSecrets } from '../../cloudfunctions/shared/crypto/secrets.ts'
import { signToken } from '../../cloudfunctions/shared/crypto/token.ts'
import type { Answer } from '../../contract/answer.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { CloudKit, succeeded, verdict } from '../support/cloud-kit.ts'
import { type GuardedFunctions, stageGuardedFunctions } from '../support/guarded-functions.ts'
import { TestUser } from '../support/test-user.ts'

const PRODUCT = ['login', 'logout', 'account', 'checkToken', 'trips']
/** What `probe` throws or returns, and must not be heard of. */
const SECRET = '13800138000'

const secrets = { ...makeSecrets() }
const cloudNotes: string[] = []
let functions: GuardedFunctions
let kit: CloudKit
let users = 0
let user: TestUser

beforeAll(async () => {
  functions = await stageGuardedFunctions()
  for (const name of [...PRODUCT, 'plain-notes', 'plain-probe']) functions.packageVariables(name, secrets)
  kit = await CloudKit.start({
    functionsDirectory: functions.directory,
    arePackaged: true,
    onNote: ({ message }) => cloudNotes.push(message),
  })
  kit.cloud.database.createCollection('plain_notes', 'ADMINONLY')
}, 60_000)
afterAll(async () => {
  await kit?.stop()
  functions?.remove()
})
beforeEach(async () => {
  users += 1
  user = new TestUser(kit, `oGuarded-${users}`)
  user.phoneNumber = '13900139000'
  await user.logIn()
})

const probe = (what: string, more: object = {}) =>
  user.call('plain-probe', { token: user.token, do: what, ...more })

describe('a function that is guarded', () => {
  it('does its work for a logged-in user, with its own SDK, and answers as ours do', async () => {
    const call = (fields: object) => user.call<unknown>('plain-notes', { token: user.token, ...fields })
    const { id } = succeeded(await call({ action: 'add', text: '带伞' })) as { id: string }
    expect(await call({ action: 'list' })).toEqual({
      code: 200,
      message: '成功',
      data: { notes: [expect.objectContaining({ _id: id, userId: user.userId, text: '带伞' })] },
      requestId: expect.any(String),
    })
    expect(verdict(await call({ action: 'none' }))).toBe('400 BAD_REQUEST')
    await call({ action: 'add', text: '2' })
    await call({ action: 'add', text: '3' })
    expect(await call({ action: 'add', text: '4' })).toMatchObject({
      code: 409,
      reason: 'LIMIT_REACHED',
      message: '笔记已满，请先删除一些',
    })
  })

  it('keeps the environment that it chose itself', async () => {
    await user.call('plain-notes', { token: user.token, action: 'list' })
    expect(cloudNotes.filter((text) => text.includes('notes-environment'))).toEqual([
      expect.stringContaining('云函数 plain-notes'),
    ])
  })

  it('receives the event without the token, and of the user what it may see', async () => {
    const { data } = (await probe('echo', { text: '你好', userId: 'u_other' })) as { data?: unknown }
    const stored = user.document()
    expect(data).toEqual({
      event: { do: 'echo', text: '你好', userId: 'u_other', userInfo: expect.anything() },
      login: {
        userId: user.userId,
        user: {
          id: user.userId,
          phone: '139****9000',
          phoneVerifiedAt: Number(stored['phoneVerifiedAt']),
          nickname: stored['nickname'],
          avatar: '',
          consent: { version: (stored['consent'] as { version: string }).version, at: expect.any(Number) },
          createdAt: Number(stored['createdAt']),
        },
        ownership: { userId: user.userId, generation: stored['generation'] },
        requestId: expect.any(String),
        now: expect.any(Number),
      },
    })
  })

  it('costs one read of the user', async () => {
    await probe('echo')
    const { roundTrips } = await kit.lastCall()
    expect(roundTrips.map(({ action, target }) => `${action} ${target}`)).toEqual([
      'database.getDocument users',
    ])
  })
})

describe('what a guarded function throws or returns', () => {
  it.each(['error', 'rejection', 'text', 'object', 'null', 'database', 'circular', 'json'])(
    '%s is INTERNAL, and tells nothing in answer and log',
    async (what) => {
      const answer = await probe(what)
      expect(answer).toEqual({
        code: 500,
        reason: 'INTERNAL',
        message: '服务出错了，请稍后再试',
        requestId: expect.any(String),
      })
      const { logs: lines, requestId } = await kit.lastCall()
      expect(answer.requestId).toBe(requestId)
      const logs = lines.filter(({ isLocal }) => !isLocal)
      expect(logs).toHaveLength(1)
      expect(logs[0]?.text).toContain('"function":"plain-probe"')
      expect(JSON.stringify(logs)).not.toContain(SECRET)
      if (what === 'database') expect(logs[0]?.text).toContain('errCode -502005')
    },
  )

  it('a refusal is answered with its reason, text and time to wait', async () => {
    expect(await probe('refusal')).toMatchObject({
      code: 429,
      reason: 'RATE_LIMITED',
      message: '今天已经够多了',
      retryAfterSeconds: 60,
    })
    expect(await probe('missing')).toMatchObject({ code: 404, message: '没有找到，可能已被删除' })
    expect(await probe('nothing')).toMatchObject({ code: 200 })
  })

  it('a refusal with a reason of the login’s own is a defect: the phone would log in again', async () => {
    expect(verdict(await probe('reason'))).toBe('500 INTERNAL')
    expect((await kit.lastCall()).logs.at(-1)?.text).toContain('new Refusal() takes BAD_REQUEST')
  })
})

type Attack = [name: string, reason: string, attack: () => Promise<{ token?: unknown }> | { token?: unknown }]

const keys = deriveKeys(readSecrets(secrets))
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Each makes a call that the guard must refuse. */
const ATTACKS: readonly Attack[] = [
  ['no token', 'TOKEN_MISSING', () => ({})],
  ['a token that is no text', 'BAD_REQUEST', () => ({ token: { $ne: '' } })],
  ['half a token', 'TOKEN_MALFORMED', () => ({ token: user.token.slice(0, 80) })],
  [
    'an unsigned token',
    'TOKEN_ALGORITHM',
    () => ({ token: `${encoded({ alg: 'none' })}.${user.token.split('.')[1]}.` }),
  ],
  [
    'changed claims',
    'TOKEN_SIGNATURE',
    () => ({ token: user.token.replace(/\..*\./, `.${encoded({ sub: 'u_other' })}.`) }),
  ],
  [
    'a token for another mini-program',
    'TOKEN_AUDIENCE',
    () => {
      const seconds = Math.floor(kit.cloud.clock.now() / 1000)
      const claims = { userId: user.userId, sessionId: 's', issuedAt: seconds, expiresAt: seconds + 60 }
      return { token: signToken(keys.token, 'wxOther', claims) }
    },
  ],
  [
    'another person’s token',
    'TOKEN_FOREIGN',
    async () => ({ token: (await new TestUser(kit, `${user.openid}-b`).logIn()).token }),
  ],
  [
    'a token of a session that has ended',
    'SESSION_REVOKED',
    async () => {
      await user.call('logout', { token: user.token })
      return { token: user.token }
    },
  ],
  [
    'a token of a disabled account',
    'ACCOUNT_DISABLED',
    () => {
      kit.cloud.database.putDocument('users', { ...user.document(), status: 'disabled' })
      return { token: user.token }
    },
  ],
  [
    'a token of a closed account',
    'ACCOUNT_CLOSED',
    async () => {
      await user.account('close', { confirmed: true })
      return { token: user.token }
    },
  ],
  [
    'a token of an account that was registered again',
    'ACCOUNT_CLOSED',
    async () => {
      const { token } = user
      await user.account('close', { confirmed: true })
      await kit.control.post('clock', { advanceSeconds: 2 })
      await user.logIn()
      return { token }
    },
  ],
  [
    'a document that a client wrote',
    'MISCONFIGURED',
    () => {
      kit.cloud.database.putDocument('users', { ...user.document(), _openid: user.openid })
      return { token: user.token }
    },
  ],
  [
    'an expired token',
    'TOKEN_EXPIRED',
    async () => {
      await kit.control.post('clock', { advanceSeconds: 31 * 24 * 60 * 60 })
      return { token: user.token }
    },
  ],
]

describe('a guarded function refuses as ours do', () => {
  it.each(ATTACKS)('%s: %s', async (_name, reason, attack) => {
    const { token } = await attack()
    const [theirs, ours] = [
      await user.call<unknown>('plain-notes', { token, action: 'list' }),
      await user.call<unknown>('trips', { token, action: 'list' }),
    ]
    expect(theirs).toMatchObject({ reason })
    const withoutId = ({ requestId: _id, ...answer }: Answer<unknown>) => answer
    expect(withoutId(theirs)).toEqual(withoutId(ours))
  })

  it('a call without a person, as from the console or another function', async () => {
    expect(verdict(await kit.call('plain-notes', undefined, { token: user.token, action: 'list' }))).toBe(
      '401 CALLER_UNKNOWN',
    )
  })

  it('every call while it has no secrets, and its log says which', async () => {
    const answer = await user.call<unknown>('plain-routes', { token: user.token, $url: 'mine' })
    expect(verdict(answer)).toBe('500 MISCONFIGURED')
    expect((await kit.lastCall()).logs.at(-1)?.text).toContain('LOGIN_SECRETS')
  })
})
