import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChangePhoneData, ExportAccountData, GetAccountData } from '../../contract/account.ts'
import type { Failure } from '../../contract/answer.ts'
import { makeAdminToken } from '../../scripts/lib/admin/admin-token.ts'
import { type CloudKit, CONSENT, succeeded, verdict } from '../../test/support/cloud-kit.ts'
import { newPad, uncover } from '../../test/support/export-pad.ts'
import { fileExists, uploadFile } from '../../test/support/storage-files.ts'
import { TestUser } from '../../test/support/test-user.ts'
import { useCloud } from '../../test/support/use-cloud.ts'
import { OWNED_COLLECTIONS } from '../app-config.ts'

let kit: CloudKit
let openid: string
let token: string
let account: TestUser
const cloud = useCloud()
beforeEach(async () => {
  ;({ kit, openid } = cloud.newUser())
  token = (await kit.loginWithCode(openid, '13800138000')).token
  account = new TestUser(kit, openid, token)
})
afterEach(() => kit.cloud.faults.clear())

const documentOf = (person: string) => kit.users().find((user) => user['openid'] === person)

describe('the account', () => {
  it('is shown to its owner, in one round trip', async () => {
    const data = succeeded(await account.account<GetAccountData>('get'))
    expect(data).toMatchObject({
      userInfo: {
        phone: '138****8000',
        phoneVerifiedAt: Number(documentOf(openid)?.['phoneVerifiedAt']),
        nickname: '旅行者',
        avatar: '',
      },
      consent: { version: CONSENT, at: expect.any(Number) },
      createdAt: expect.any(Number),
    })
    expect((await kit.lastCall()).roundTrips).toHaveLength(1)
  })

  it.each(['get', 'update', 'avatarUpload', 'changePhone', 'sessions', 'export', 'close'])(
    'action %s is rejected without a token and with another user’s token',
    async (action) => {
      const fields = { nickname: 'x', type: 'png', phoneCode: 'c', confirmed: true, pad: newPad() }
      const stranger = new TestUser(kit, 'oThief', token)
      expect(verdict(await stranger.account(action, fields))).toBe('403 TOKEN_FOREIGN')
      const nobody = await kit.call('account', openid, { action, ...fields })
      expect(verdict(nobody)).toBe('401 TOKEN_MISSING')
    },
  )

  it.each(['steal', '__proto__', 'constructor', '', undefined, { $ne: '' }])(
    'action %j does not exist',
    async (action) => {
      const answer = await kit.call('account', openid, { token, action })
      expect(verdict(answer)).toBe('400 BAD_REQUEST')
    },
  )
})

describe('devices', () => {
  it('are listed with the current one first, and when each was last seen', async () => {
    await kit.control.post('clock', { advanceSeconds: 60 })
    const device = { model: 'iPhone 15', platform: 'ios' }
    const consent = { version: CONSENT }
    succeeded(await kit.login(openid, { phoneCode: await kit.phoneCode(openid), consent, device }))
    const sessions = await account.sessions()
    expect(sessions.map(({ current }) => current)).toEqual([true, false])
    expect(sessions[1]).toMatchObject({ device, createdAt: expect.any(Number) })
    expect(JSON.stringify(sessions)).not.toContain(token)

    await kit.control.post('clock', { advanceSeconds: 25 * 60 * 60 })
    succeeded(await kit.checkToken(openid, { token }))
    const [seen] = await account.sessions()
    expect((seen?.lastSeenAt ?? 0) - (seen?.createdAt ?? 0)).toBeGreaterThan(24 * 60 * 60 * 1000)
  })

  it('that have expired are left out', async () => {
    await kit.control.post('clock', { advanceSeconds: 20 * 24 * 60 * 60 })
    const renewed = succeeded(await kit.checkToken(openid, { token })).token
    await kit.loginWithCode(openid)
    await kit.control.post('clock', { advanceSeconds: 11 * 24 * 60 * 60 })
    expect(await new TestUser(kit, openid, renewed ?? '').sessions()).toHaveLength(2)
    await kit.control.post('clock', { advanceSeconds: 20 * 24 * 60 * 60 })
    const fresh = succeeded(await kit.login(openid, {})).token
    expect(await new TestUser(kit, openid, fresh).sessions()).toHaveLength(1)
  })
})

describe('a nickname', () => {
  it('is changed, trimmed, and can be removed', async () => {
    expect(succeeded(await account.update({ nickname: ' 小明👨‍👩‍👧 ' })).userInfo.nickname).toBe('小明👨‍👩‍👧')
    expect(documentOf(openid)).toMatchObject({ nickname: '小明👨‍👩‍👧' })
    expect(succeeded(await account.update({ nickname: '' })).userInfo.nickname).toBe('')
  })

  it.each([
    ['违规的名字', '400 CONTENT_RISKY'],
    ['疑似的名字', '400 CONTENT_DOUBTFUL'],
    ['长'.repeat(21), '400 BAD_REQUEST'],
    ['a\nb', '400 BAD_REQUEST'],
    ['a\u202eb', '400 BAD_REQUEST'],
    ['a\u200bb', '400 BAD_REQUEST'],
    ['\ud800', '400 BAD_REQUEST'],
    ['\u200d', '400 BAD_REQUEST'],
    ['a\u200db', '400 BAD_REQUEST'],
    ['\u3164', '400 BAD_REQUEST'],
    ['\u2800', '400 BAD_REQUEST'],
    ['\u115f\u1160', '400 BAD_REQUEST'],
    ['小\u034f明', '400 BAD_REQUEST'],
    ['\uffa0', '400 BAD_REQUEST'],
    ['\ufe0f', '400 BAD_REQUEST'],
    ['\u{e0041}', '400 BAD_REQUEST'],
    ['\u0301', '400 BAD_REQUEST'],
    ['  ', '400 BAD_REQUEST'],
    ['\u3000', '400 BAD_REQUEST'],
  ])('%j is refused and changes nothing', async (nickname, expected) => {
    expect(verdict(await account.update({ nickname }))).toBe(expected)
    expect(documentOf(openid)).toMatchObject({ nickname: '旅行者' })
  })

  it.each([
    [{ kind: 'openapi', errcode: -1, errmsg: 'busy' }, '503 CONTENT_UNCHECKED'],
    [{ kind: 'openapi', errcode: 45009, errmsg: 'quota' }, '503 CONTENT_UNCHECKED'],
    [{ kind: 'openapi', errcode: 61010, errmsg: 'code is expired' }, '503 CONTENT_UNCHECKED'],
    [{ kind: 'openapi', errcode: 87014, errmsg: 'risky content' }, '400 CONTENT_RISKY'],
    [{ kind: 'openapi-system', errorCode: -604101 }, '500 MISCONFIGURED'],
    [{ kind: 'hang' }, '503 CONTENT_UNCHECKED'],
    [{ kind: 'reset' }, '503 CONTENT_UNCHECKED'],
  ] as const)('is not taken unchecked: %j', async (answer, expected) => {
    kit.cloud.faults.add({ action: 'wx.openApi', answer, times: 1 })
    expect(verdict(await account.update({ nickname: '小红' }))).toBe(expected)
    expect(documentOf(openid)).toMatchObject({ nickname: '旅行者' })
    expect(verdict(await account.update({ nickname: '小红' }))).toBe('200')
  })

  it('is not changed by a session that has ended', async () => {
    succeeded(await kit.call('logout', openid, { token }))
    expect(verdict(await account.update({ nickname: '小红' }))).toBe('403 SESSION_REVOKED')
  })
})

describe('a picture', () => {
  it('is accepted at the reserved path, and the previous one is deleted', async () => {
    const first = await account.setAvatar()
    expect(documentOf(openid)).toMatchObject({ avatar: first })
    const second = await account.setAvatar()
    expect([fileExists(kit, first), fileExists(kit, second)]).toEqual([false, true])
    expect(succeeded(await account.update({ avatar: '' })).userInfo.avatar).toBe('')
    expect(fileExists(kit, second)).toBe(false)
    expect(kit.documents('avatars')).toEqual([])
  })

  it.each([
    ['a page called a picture', Buffer.from('<html>'.padEnd(64)), 'png'],
    ['a picture of another type', Buffer.from('ffd8ffe0'.padEnd(64, '0'), 'hex'), 'png'],
    ['nothing', Buffer.alloc(0), 'png'],
    [
      'more than 1 MB',
      Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(1024 * 1024)]),
      'png',
    ],
  ])('that is %s is refused', async (_name, bytes, type) => {
    const avatar = await account.upload(bytes, type)
    expect(verdict(await account.update({ avatar }))).toBe('400 AVATAR_INVALID')
    expect(documentOf(openid)).toMatchObject({ avatar: '' })
  })

  it('is refused at a path of the user’s own choice, of another user, or reserved an hour ago', async () => {
    const chosen = await uploadFile(kit, 'avatars/mine.png', Buffer.from('89504e470d0a1a0a', 'hex'))
    expect(verdict(await account.update({ avatar: chosen }))).toBe('400 AVATAR_INVALID')
    const other = await kit.loginWithCode('oNeighbour')
    const neighbourUpload = await new TestUser(kit, 'oNeighbour', other.token).upload()
    expect(verdict(await account.update({ avatar: neighbourUpload }))).toBe('400 AVATAR_INVALID')
    const late = await account.upload()
    await kit.control.post('clock', { advanceSeconds: 61 * 60 })
    expect(verdict(await account.update({ avatar: late }))).toBe('400 AVATAR_INVALID')
  })

  it('is accepted at the latest five open paths only, and a picture in use stays', async () => {
    const inUse = await account.setAvatar()
    const places: string[] = []
    for (let count = 0; count < 6; count++) places.push(await account.upload())
    const [oldest = '', second = ''] = places
    expect(verdict(await account.update({ avatar: oldest }))).toBe('400 AVATAR_INVALID')
    await kit.control.post('clock', { advanceSeconds: 3 * 60 * 60 })
    await kit.control.post('timer', { function: 'cleanup' })
    expect(documentOf(openid)).toMatchObject({ avatar: inUse })
    expect([inUse, oldest, second].map((file) => fileExists(kit, file))).toEqual([true, false, false])
  })

  it('is accepted at the oldest of five open paths', async () => {
    const places: string[] = []
    for (let count = 0; count < 5; count++) places.push(await account.upload())
    const [oldest] = places
    const { avatar } = succeeded(await account.update({ avatar: oldest })).userInfo
    expect(avatar).toMatch(/\/checked\/avatars\//)
    expect(documentOf(openid)).toMatchObject({ avatar })
  })

  it.each(['x', 'https://example.com/a.png', 'cloud://', { $ne: '' }, 7])(
    '%j is rejected as a picture',
    async (avatar) => {
      expect(verdict(await account.update({ avatar }))).toMatch(/^400 /)
    },
  )

  it('and nickname change together or not at all', async () => {
    const avatar = await account.upload()
    expect(verdict(await account.update({ avatar, nickname: '违规' }))).toBe('400 CONTENT_RISKY')
    expect(documentOf(openid)).toMatchObject({ avatar: '', nickname: '旅行者' })
    expect(verdict(await account.update({ avatar, nickname: '小红' }))).toBe('200')
    expect(documentOf(openid)).toMatchObject({ avatar: expect.stringMatching(/^cloud:/), nickname: '小红' })
    expect(verdict(await account.update({}))).toBe('400 BAD_REQUEST')
  })
})

describe('another number', () => {
  const codeOf = (phoneNumber: string) => kit.phoneCode(openid, phoneNumber)
  const changePhone = (fields: object) => account.account<ChangePhoneData>('changePhone', fields)

  it('replaces the old one, without a new session', async () => {
    const phoneCode = await codeOf('13700137000')
    expect(succeeded(await changePhone({ phoneCode })).userInfo.phone).toBe('137****7000')
    expect(documentOf(openid)).toMatchObject({ phoneMasked: '137****7000', loginCount: 1 })
    expect(documentOf(openid)?.['sessions']).toHaveLength(1)
    expect(await kit.acts(openid)).toEqual(['login', 'consent', 'phone.change'])
    expect(verdict(await changePhone({ phoneCode }))).toBe('400 PHONE_CODE_INVALID')
  })

  it('is not lost when the database fails after the exchange: the ticket stands for it', async () => {
    const phoneCode = await codeOf('13700137000')
    kit.cloud.faults.add({
      action: 'database.modifyDocument',
      target: 'users',
      answer: { kind: 'error', code: 'SYS_ERR', message: 'down' },
      times: 1,
    })
    const failure = (await changePhone({ phoneCode })) as Failure
    expect(verdict(failure)).toBe('503 DATABASE_UNAVAILABLE')
    const { ticket } = failure
    expect(succeeded(await changePhone({ ticket })).userInfo.phone).toBe('137****7000')
    const used = await changePhone({ ticket })
    expect(verdict(used)).toBe('400 PHONE_CODE_INVALID')
    expect(used).not.toHaveProperty('ticket')
  })

  it('costs no code when the session has ended', async () => {
    const phoneCode = await codeOf('13700137000')
    succeeded(await kit.call('logout', openid, { token }))
    expect(verdict(await changePhone({ phoneCode }))).toBe('403 SESSION_REVOKED')
    const { token: fresh } = succeeded(await kit.login(openid, {}))
    const answer = await new TestUser(kit, openid, fresh).account('changePhone', { phoneCode })
    expect(verdict(answer)).toBe('200')
  })
})

describe('the export', () => {
  const NUMBER = '13800138000'
  const addTrip = (person: string, personsToken: string, city: string) =>
    kit.call('trips', person, { token: personsToken, action: 'save', key: 'first-trip', city, days: 3 })

  it('contains all data of the caller, with the whole number, and no data of other users', async () => {
    await addTrip(openid, token, '杭州')
    const other = await kit.loginWithCode('oNeighbour', '13900139000')
    await addTrip('oNeighbour', other.token, '苏州')
    const data = await account.export()
    expect(data.uncovered).toEqual({ openid, phone: `+86${NUMBER}` })
    expect(data.account).toMatchObject({ phone: '138****8000', countryCode: '86', loginCount: 1 })
    expect(data.sessions).toHaveLength(1)
    const trip = { city: '杭州', days: 3, createdAt: expect.any(String) }
    const others = OWNED_COLLECTIONS.map((name) => [name, []])
    expect(data.collections).toEqual({ ...Object.fromEntries(others), trips: [trip] })
    expect(data.records.map(({ act }) => act)).toEqual(expect.arrayContaining(['login', 'consent']))
    const text = JSON.stringify(data)
    for (const foreign of ['苏州', '13900139000', 'oNeighbour', 'phoneCipher', 'phoneHash', token]) {
      expect(text).not.toContain(foreign)
    }
    expect(await kit.acts(openid)).toContain('account.export')
  })

  it('contains number, openid and unionid only encrypted, since the platform logs every answer', async () => {
    const unionid = 'oUnion-of-this-person'
    kit.cloud.database.putDocument('users', { ...documentOf(openid), unionid })
    await account.setAvatar()
    await addTrip(openid, token, '杭州')
    const pad = newPad()
    const answer = await kit.invoke('account', openid, { token, action: 'export', pad })
    const logged = JSON.stringify(answer)
    expect(logged).toContain('"code":200')
    const secrets = [openid, unionid, NUMBER, NUMBER.slice(3)]
    for (const secret of secrets) {
      for (const form of [secret, encodedIn(secret, 'base64'), encodedIn(secret, 'hex')]) {
        expect(logged).not.toContain(form)
      }
    }
    const { data } = answer.result as { data: ExportAccountData }
    expect(uncover(pad, data.identity)).toEqual({ openid, unionid, phone: `+86${NUMBER}` })
    // A pad is asked for each time: the same answer twice would tell nothing either.
    const again = succeeded(await account.account<ExportAccountData>('export', { pad: newPad() }))
    expect(again.identity).not.toBe(data.identity)
  })

  it.each([
    ['no pad', undefined],
    ['an empty one', ''],
    ['zeros', Buffer.alloc(256).toString('base64')],
    ['one byte over and over', Buffer.alloc(256, 7).toString('base64')],
    ['a short one', Buffer.from('short').toString('base64')],
    ['a query', { $ne: '' }],
  ])('is refused with %s, and is not recorded', async (_name, pad) => {
    expect(verdict(await account.account('export', { pad }))).toBe('400 BAD_REQUEST')
    expect(await kit.acts(openid)).not.toContain('account.export')
  })

  it('contains every stored field, or names it as omitted', async () => {
    const avatar = await account.setAvatar()
    const userId = String(documentOf(openid)?.['_id'])
    const limit = { userId, at: [new Date('2026-11-01T08:00:00Z')], updatedAt: new Date() }
    kit.cloud.database.putDocument('rate_limits', { _id: `${userId}.export`, ...limit })
    kit.cloud.database.putDocument('rate_limits', { _id: `${userId}x.export`, ...limit, userId: 'u_other' })
    const document = { ...documentOf(openid), statusAt: new Date('2026-11-02T08:00:00Z'), remark: '常客' }
    kit.cloud.database.putDocument('users', document as never)
    const data = await account.export()
    const [session] = document['sessions' as never] as unknown as { id: string }[]
    expect(data.account).toMatchObject({
      avatar,
      status: 'active',
      statusAt: '2026-11-02T08:00:00.000Z',
      phoneVerifiedAt: expect.any(String),
      updatedAt: expect.any(String),
      loginWindow: [expect.any(String)],
    })
    expect(data.sessions).toMatchObject([{ id: session?.id, current: true, expiresAt: expect.any(String) }])
    expect(data.avatars).toMatchObject([
      { path: expect.stringMatching(/^checked\/avatars\//), fileId: avatar },
    ])
    expect(data.rateLimits.map(({ kind }) => kind)).toEqual(['avatarUpload', 'code', 'export', 'update'])
    const exports = data.rateLimits.find(({ kind }) => kind === 'export')
    expect(exports?.['at']).toEqual(['2026-11-01T08:00:00.000Z', expect.any(String)])
    expect(data.records.find(({ act }) => act === 'login')).toMatchObject({
      by: 'user',
      outcome: 'done',
      source: 'wx_client',
      ip: '127.0.0.1',
      device: { model: '未知设备', platform: '' },
      requestId: expect.any(String),
    })
    // A field that somebody added in the console is named; what it holds may be anything.
    expect(JSON.stringify(data.omitted)).toContain('remark')
    expect(JSON.stringify(data)).not.toContain('常客')
    for (const left of ['密文', '索引', '头像图片文件', '理由', '运行日志']) {
      expect(data.omitted.map(({ what }) => what).join()).toContain(left)
    }
  })

  it('contains an administrator’s action and time, without name and reason', async () => {
    const userId = String(documentOf(openid)?.['_id'])
    const admin = makeAdminToken(kit.variables, 'alice', kit.cloud.clock.now())
    for (const action of ['disable', 'enable']) {
      const reason = '怀疑此人盗号，等待警方回复'
      const answer = await kit.call('admin', undefined, { token: admin, action, userId, reason })
      expect(verdict(answer)).toBe('200')
    }
    const fresh = new TestUser(kit, openid, succeeded(await kit.login(openid, {})).token)
    const data = await fresh.export()
    const acts = data.records.filter(({ by }) => by === 'administrator')
    expect(acts.map(({ act }) => act).sort()).toEqual(['admin.disable', 'admin.enable'])
    for (const act of acts) expect(Object.keys(act).sort()).toEqual(['act', 'at', 'by', 'outcome'])
    expect(data.account.statusAt).toEqual(expect.any(String))
    expect(JSON.stringify(data)).not.toMatch(/盗号|警方|alice|statusReason/)
    expect(data.omitted.map(({ what }) => what)).toContain('账号状态变更的理由')
  })

  it('names the lists that were shortened', async () => {
    const userId = String(documentOf(openid)?.['_id'])
    for (let number = 0; number < 1001; number++) {
      const createdAt = new Date(1_790_000_000_000 + number)
      const trip = { _id: `${userId}.number-${number}`, userId, city: '杭州', days: 1, createdAt }
      kit.cloud.database.putDocument('trips', trip)
    }
    const data = await account.export()
    expect(data.collections['trips']).toHaveLength(1000)
    expect(data.omitted.map(({ what }) => what).join()).toContain('trips：除最近 1000 条以外')
    expect(data.omitted.map(({ what }) => what).join()).not.toContain('安全记录：')
  })

  it('never exceeds the platform’s limit, and says so', async () => {
    const userId = String(documentOf(openid)?.['_id'])
    for (let number = 0; number < 40; number++) {
      const createdAt = new Date(1_790_000_000_000 + number)
      const trip = { _id: `${userId}.number-${number}`, userId, city: '长'.repeat(10_000), createdAt }
      kit.cloud.database.putDocument('trips', trip)
    }
    const data = await account.export()
    expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThan(1_000_000)
    const trips = data.collections['trips'] ?? []
    expect(trips.length).toBeGreaterThan(20)
    expect(trips.length).toBeLessThan(40)
    expect(trips[0]).toMatchObject({ createdAt: new Date(1_790_000_000_039).toISOString() })
    expect(data.omitted.map(({ what }) => what).join()).toContain(`trips：除最近 ${trips.length} 条以外`)
  })
})

/** The part of a text's encoding that does not depend on what stands around it. */
function encodedIn(text: string, encoding: 'base64' | 'hex'): string {
  const encoded = Buffer.from(text).toString(encoding)
  return encoded.slice(0, encoding === 'hex' ? undefined : Math.floor((text.length * 8) / 24) * 4)
}
