import { afterEach, describe, expect, it } from 'vitest'
import type { CheckTokenData } from '../../contract/check-token.ts'
import { succeeded, verdict } from '../support/cloud-kit.ts'
import {
  answerTransfer,
  newNumber,
  personWith,
  requestTransfer,
  transferState,
  twoAccounts,
} from '../support/operations/transfer-people.ts'
import { DAY_MILLISECONDS, type TestUser } from '../support/test-user.ts'
import { useCloud } from '../support/use-cloud.ts'

const cloud = useCloud()
afterEach(() => cloud.kit.cloud.faults.clear())

const request = async (user: TestUser) => verdict(await user.account('requestTransfer'))
const answer = async (user: TestUser, id: string, accept = true) =>
  verdict(await answerTransfer(user, id, accept))
const isAsked = async (user: TestUser) =>
  succeeded(await user.call<CheckTokenData>('checkToken', { token: user.token })).transferRequest !==
  undefined
const tripsOf = (user: TestUser) =>
  cloud.kit.documents('trips').filter(({ userId }) => userId === user.userId).length
const passDays = (days: number) => cloud.kit.control.post('clock', { advanceSeconds: days * 24 * 60 * 60 })

/** The account says yes, and the move breaks off at a request to the database. */
async function breakOff(
  old: TestUser,
  id: string,
  at: { target: string; action: string; operation?: number },
): Promise<void> {
  cloud.kit.cloud.faults.add({ openid: old.openid, ...at, answer: { kind: 'reset' }, times: 1 })
  expect(await answer(old, id)).toMatch(/^503/)
}

function edit(user: TestUser, change: object): void {
  const { _id, ...document } = user.document()
  const fields = Object.entries({ ...document, ...change }).filter(([, value]) => value !== undefined)
  cloud.kit.cloud.database.putDocument('users', { _id, ...Object.fromEntries(fields) })
}

/** As an import leaves it: WeChat has vouched for nothing. */
const unverify = (user: TestUser) => edit(user, { phoneVerifiedAt: undefined })
const admin = async (from: TestUser, to: TestUser, by: 'console' | 'phone' = 'console') => {
  const ids = { from: from.userId, to: to.userId, reason: '换了微信号' }
  return verdict(
    await from.call(
      'admin',
      { token: from.adminToken(), action: 'transfer', ...ids },
      by === 'console' ? { by } : {},
    ),
  )
}

describe('a person with a recycled number', () => {
  it('gets nothing from an account that never answers, and asks it again only after seven days', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'silent')
    const id = await requestTransfer(next)
    await passDays(8)
    expect(await isAsked(old)).toBe(false)
    expect(await answer(old, id)).toBe('404 TRANSFER_EXPIRED')
    expect(await transferState(next)).toMatchObject({ requested: { state: 'expired' }, mayRequest: true })
    expect([tripsOf(old), tripsOf(next)]).toEqual([1, 0])
  })

  it('cannot ask an account that said no, with however many words of WeChat', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'said-no')
    await answerTransfer(old, await requestTransfer(next), false)
    await next.logIn()
    expect(await request(next)).toBe('409 TRANSFER_REFUSED')
    expect(await isAsked(old)).toBe(false)
  })

  it('may ask again 30 days after a no', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'later')
    await answerTransfer(old, await requestTransfer(next), false)
    await passDays(31)
    await next.logIn()
    await old.logIn()
    expect(await request(next)).toBe('200')
  })

  it('cannot ask with a number that WeChat vouched for more than 30 days ago, and learns nothing', async () => {
    const number = newNumber()
    const lost = await personWith(cloud.kit, 'oLost-number', number)
    edit(lost, { phoneVerifiedAt: new Date(lost.nowMilliseconds - 31 * DAY_MILLISECONDS) })
    expect(await transferState(lost)).toEqual({ mayRequest: true })
    await personWith(cloud.kit, 'oHas-number', number)
    expect(await transferState(lost)).toEqual({ mayRequest: true })
    expect(await request(lost)).toBe('400 PHONE_UNVERIFIED')
  })

  it('may ask five times an hour at most', async () => {
    const { next } = await twoAccounts(cloud.kit, 'often')
    for (let times = 0; times < 5; times++) {
      expect(await request(next)).toBe('200')
      await next.account('cancelTransfer')
    }
    expect(await request(next)).toBe('429 RATE_LIMITED')
  })
})

describe('an imported number that nobody has verified', () => {
  it('is no claim', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'no-claim')
    unverify(next)
    expect(await request(next)).toBe('400 PHONE_UNVERIFIED')
    expect(await isAsked(old)).toBe(false)
  })

  it('makes its account nobody’s to ask for', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'not-asked')
    unverify(old)
    expect(await next.logIn()).not.toHaveProperty('numberInUse')
    expect(await request(next)).toBe('404 TRANSFER_UNAVAILABLE')
  })

  it('ends a question that was asked before', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'unverified')
    const id = await requestTransfer(next)
    unverify(next)
    expect(await answer(old, id)).toBe('404 TRANSFER_EXPIRED')
    expect([tripsOf(old), tripsOf(next)]).toEqual([1, 0])
  })
})

describe('two who ask the same account', () => {
  it('wait for each other: the one for whom WeChat vouched later comes first', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'two')
    const rival = await personWith(cloud.kit, 'oRival-two', next.phoneNumber)
    edit(rival, { lastLoginAt: new Date(0) })
    edit(next, { lastLoginAt: new Date(1) })
    const first = await requestTransfer(rival)
    edit(rival, { phoneVerifiedAt: undefined })
    expect(await request(next)).toBe('409 TRANSFER_PENDING')
    expect(await answer(old, 'another-id')).toBe('404 TRANSFER_EXPIRED')

    await next.logIn()
    const second = await requestTransfer(next)
    expect(second).not.toBe(first)
    expect(await answer(old, first)).toBe('404 TRANSFER_EXPIRED')
    expect(await answer(old, second)).toBe('200')
    expect([tripsOf(rival), tripsOf(next)]).toEqual([0, 1])
  })

  it('at the same moment: one is asked for', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'same-moment')
    const rival = await personWith(cloud.kit, 'oRival-same-moment', next.phoneNumber)
    edit(old, { lastLoginAt: new Date(old.nowMilliseconds + DAY_MILLISECONDS) })
    await Promise.all([request(rival), request(next)])
    const asked = [rival, next].filter((user) => {
      const { by } = old.document()['transferRequest'] as { by: string }
      return by === user.userId
    })
    expect(asked).toHaveLength(1)
  })
})

describe('an account that is not there for it', () => {
  it.each([
    ['disabled', { status: 'disabled' }],
    ['being closed', { status: 'closing', closingAt: new Date(), sessions: [] }],
  ])('is not asked: %s', async (state, change) => {
    const { old, next } = await twoAccounts(cloud.kit, `state-${state}`)
    edit(old, change)
    expect(await request(next)).toBe('404 TRANSFER_UNAVAILABLE')
    expect(await transferState(next)).toEqual({ mayRequest: false })
  })

  it.each([
    ['disabled', { status: 'disabled' }],
    ['being closed', { status: 'closing', closingAt: new Date(), sessions: [] }],
  ])('receives nothing: %s', async (state, change) => {
    const { old, next } = await twoAccounts(cloud.kit, `receiver-${state}`)
    const id = await requestTransfer(next)
    edit(next, change)
    expect(await answer(old, id)).toBe('404 TRANSFER_EXPIRED')
    expect(tripsOf(old)).toBe(1)
    expect(await isAsked(old)).toBe(false)
  })

  it('asks nobody for itself', async () => {
    const alone = await personWith(cloud.kit, 'oAlone', newNumber())
    expect(await request(alone)).toBe('404 TRANSFER_UNAVAILABLE')
    expect(await admin(alone, alone)).toBe('400 BAD_REQUEST')
  })
})

describe('a question', () => {
  it('is answered by nobody but the account that is asked', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'foreign')
    const id = await requestTransfer(next)
    const stranger = await personWith(cloud.kit, 'oStranger-foreign', newNumber())
    for (const user of [stranger, next]) expect(await answer(user, id)).toBe('404 TRANSFER_EXPIRED')
    const stolen = await stranger.call('account', {
      token: old.token,
      action: 'answerTransfer',
      id,
      accept: true,
    })
    expect(verdict(stolen)).toBe('403 TOKEN_FOREIGN')
    await old.call('logout', { token: old.token })
    expect(await answer(old, id)).toBe('403 SESSION_REVOKED')
    expect([tripsOf(old), tripsOf(next)]).toEqual([1, 0])
  })

  it('is answered once: a no stands against a later yes', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'twice')
    const id = await requestTransfer(next)
    expect(await answer(old, id, false)).toBe('200')
    expect(await answer(old, id)).toBe('404 TRANSFER_EXPIRED')
    expect(await answer(old, id, false)).toBe('404 TRANSFER_EXPIRED')
    expect(tripsOf(old)).toBe(1)
  })

  it('moves nothing again when its id is replayed', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'replayed')
    const id = await requestTransfer(next)
    expect(await answer(old, id)).toBe('200')
    expect(await answer(old, id)).toBe('403 ACCOUNT_CLOSED')
    await old.logIn()
    await old.call('trips', { token: old.token, action: 'save', key: 'later-trip', city: '成都', days: 2 })
    expect(await answer(old, id)).toBe('404 TRANSFER_EXPIRED')
    expect([tripsOf(old), tripsOf(next)]).toEqual([1, 1])
  })

  it.each(['old', 'next'] as const)('ends when the number of the %s account changes', async (who) => {
    const people = await twoAccounts(cloud.kit, `changed-${who}`)
    const { old, next, [who]: changed } = people
    const id = await requestTransfer(next)
    succeeded(await changed.account('changePhone', { phoneCode: changed.phoneCode(newNumber()) }))
    expect(await answer(old, id)).toBe('404 TRANSFER_EXPIRED')
    expect(await transferState(next)).toMatchObject({ requested: { state: 'expired' } })
    expect([tripsOf(old), tripsOf(next)]).toEqual([1, 0])
  })

  it('is gone once its asker has closed the account, also for the next account of that person', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'closed')
    const id = await requestTransfer(next)
    succeeded(await next.account('close', { confirmed: true }))
    await next.logIn()
    expect(await answer(old, id)).toBe('404 TRANSFER_EXPIRED')
    expect(tripsOf(old)).toBe(1)
  })
})

describe('a move', () => {
  it('ends every session of the old account, and none of the new one', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'sessions')
    const elsewhere = old.token
    await old.logIn()
    const id = await requestTransfer(next)
    expect(await answer(old, id)).toBe('200')
    for (const token of [elsewhere, old.token]) {
      expect(verdict(await old.call('checkToken', { token }))).toBe('403 ACCOUNT_CLOSED')
    }
    expect(verdict(await next.call('checkToken', { token: next.token }))).toBe('200')
    await old.logIn()
    expect(verdict(await old.call('checkToken', { token: elsewhere }))).toMatch(/^403/)
    const mine = { token: old.token, action: 'list' }
    expect(succeeded(await old.call<{ trips: [] }>('trips', mine)).trips).toEqual([])
  })

  it('that broke off arrives before its receiver closes: both are gone, and nothing is left', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'closes')
    const id = await requestTransfer(next)
    const { userId } = old
    await breakOff(old, id, { target: 'trips', action: 'database.modifyDocument' })
    expect(old.document()['status']).toBe('closing')
    succeeded(await next.account('close', { confirmed: true }))
    expect([old.documents(), next.documents()]).toEqual([[], []])
    const ids = new Set([userId, next.userId])
    const left = ['trips', 'avatars'].flatMap((name) =>
      cloud.kit.documents(name).filter((document) => ids.has(String(document['userId']))),
    )
    expect(left).toEqual([])
  })

  it('that was not decided yet is called off when its receiver closes', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'undecided')
    const id = await requestTransfer(next)
    await breakOff(old, id, { target: 'users', action: 'database.modifyDocument', operation: 2 })
    expect(next.document()).toHaveProperty('incomingTransfer.id', id)
    succeeded(await next.account('close', { confirmed: true }))
    expect(next.documents()).toEqual([])
    expect(await answer(old, id)).toBe('404 TRANSFER_EXPIRED')
    expect(tripsOf(old)).toBe(1)
  })

  it('to an account that was deleted by hand ends: the old account is active again and has lost nothing', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'by-hand')
    const id = await requestTransfer(next)
    await breakOff(old, id, { target: 'users', action: 'database.getDocument', operation: 4 })
    cloud.kit.cloud.database.removeDocument('users', next.userId)
    await old.call('login', {})
    await old.logIn()
    expect(old.document()).toMatchObject({ status: 'active' })
    expect(old.document()).not.toHaveProperty('movingTo')
    expect(tripsOf(old)).toBe(1)
  })

  it('whose record is damaged deletes nothing', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'damaged')
    edit(old, { status: 'closing', closingAt: new Date(0), sessions: [], movingTo: next.userId })
    expect(verdict(await old.call('login', {}))).toBe('500 INTERNAL')
    expect(tripsOf(old)).toBe(1)
  })

  it('of two accounts to each other at once loses nothing', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'mutual')
    await next.call('trips', { token: next.token, action: 'save', key: 'next-trip', city: '成都', days: 2 })
    const [toNext, toOld] = [await requestTransfer(next), await requestTransfer(old)]
    await Promise.all([answer(old, toNext), answer(next, toOld)])
    const people = [old, next].filter((user) => user.documents().length === 1)
    const trips = people.reduce((sum, user) => sum + tripsOf(user), 0)
    expect(trips).toBe(2)
  })
})

describe('an administrator', () => {
  it('moves an account whose number nobody verified, with a record on both', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'by-admin')
    unverify(old)
    const { userId } = old
    expect(await admin(old, next)).toBe('200')
    expect([old.documents().length, tripsOf(next)]).toEqual([0, 1])
    const rows = cloud.kit
      .documents('audit_logs')
      .filter(({ act, by }) => String(act).startsWith('transfer.') && by === 'admin:alice')
    const ofThese = rows.filter((row) => [userId, next.userId].includes(String(row['userId'])))
    expect(ofThese.map(({ act, outcome, reason }) => [act, outcome, reason]).sort()).toEqual([
      ['transfer.in', 'done', '换了微信号'],
      ['transfer.out', 'done', '换了微信号'],
    ])
  })

  it('gives the number to an account without one, encrypted for it', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'number')
    edit(next, {
      phoneHash: '',
      phoneCipher: '',
      phoneMasked: '',
      countryCode: '',
      phoneVerifiedAt: undefined,
    })
    expect(await admin(old, next)).toBe('200')
    const { uncovered, account } = await next.export()
    expect(uncovered.phone).toBe(`+86${old.phoneNumber}`)
    expect(account.phoneVerifiedAt).toBeDefined()
  })

  it.each([
    ['disabled', { status: 'disabled' }, '403 ACCOUNT_DISABLED'],
    ['being closed', { status: 'closing', closingAt: new Date(), sessions: [] }, '404 NOT_FOUND'],
  ])('moves nothing from or to an account that is %s', async (state, change, refused) => {
    const { old, next } = await twoAccounts(cloud.kit, `admin-${state}`)
    edit(next, change)
    expect(await admin(old, next)).toBe(refused)
    expect(await admin(next, old)).toBe(refused)
    expect(tripsOf(old)).toBe(1)
  })

  it('must call from the console', async () => {
    const { old, next } = await twoAccounts(cloud.kit, 'admin-phone')
    expect(await admin(old, next, 'phone')).toBe('403 ADMIN_DENIED')
    expect(tripsOf(old)).toBe(1)
  })
})
