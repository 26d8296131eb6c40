import { describe, expect, it } from 'vitest'
import { stored } from './app-state.ts'
import { DAY, MASKED, type PhoneUser, useTestUsers } from './phone-user.ts'

const newTestUser = useTestUsers()

const WHOLE = { id: 'u', phone: MASKED, nickname: '', avatar: '' }

describe('登录状态持久化', () => {
  it('is logged in at once when the app is opened again, and checks in the background', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    phone.calls.length = 0
    const cloud = phone.deliver
    let isChecked = false
    phone.deliver = async (call) => {
      expect(
        phone.module<{ getUserInfo(): object }>('auth/session/session-state.js').getUserInfo(),
      ).toMatchObject({
        phone: MASKED,
      })
      isChecked = true
      return cloud(call)
    }
    await phone.launch()
    expect(isChecked).toBe(true)
    expect(phone.calls.map(({ name }) => name)).toEqual(['checkToken'])
    await testUser.save()
    expect(phone.route).toBe('index')
    expect(testUser.tripDocuments).toHaveLength(2)
  })

  it('stores only the token, its expiry and the masked user info on the phone', async () => {
    const testUser = await newTestUser()
    await testUser.logIn()
    expect([...testUser.phone.storage.keys()]).toEqual(['login'])
    expect(stored(testUser)).toEqual({
      login: {
        token: expect.any(String),
        expiresAt: expect.any(Number),
        userInfo: {
          id: expect.any(String),
          phone: MASKED,
          phoneVerifiedAt: expect.any(Number),
          nickname: expect.any(String),
          avatar: '',
        },
      },
      staysOut: false,
      lastPhone: MASKED,
      lastPhoneVerifiedAt: expect.any(Number),
    })
  })

  it('stores the new token that the background check brings when half of the old one’s life is over', async () => {
    const testUser = await newTestUser()
    await testUser.logIn()
    const before = stored(testUser).login
    await testUser.wait(20 * DAY)
    await testUser.phone.launch()
    const after = stored(testUser).login
    expect(after?.token).not.toBe(before?.token)
    expect(after?.expiresAt).toBeGreaterThan(Number(before?.expiresAt))
  })

  it('shows fresh user info after the background check', async () => {
    const testUser = await newTestUser()
    await testUser.logIn()
    const document = testUser.userDocument
    testUser.kit.cloud.database.putDocument('users', { ...document, nickname: '小海' } as never)
    await testUser.phone.launch()
    expect(testUser.phone.text).toContain('小海')
  })

  it.each([
    ['nothing', ''],
    ['an older shape', { token: 't' }],
    ['a string', 'login'],
    ['a number for a token', { login: { token: 1, expiresAt: 2, userInfo: {} } }],
    ['a number for the token of a whole login', { login: { token: 1, expiresAt: 9e15, userInfo: WHOLE } }],
    ['no text for the token of a whole login', { login: { token: '', expiresAt: 9e15, userInfo: WHOLE } }],
    ['user info without a phone', { login: { token: 't', expiresAt: 9e15, userInfo: { id: 'u' } } }],
    ['a full number as the last phone', { lastPhone: '13800138000' }],
  ])('opens with %s in storage, logged out and asking nobody', async (_, value) => {
    const { phone } = await newTestUser()
    phone.storage.set('login', value)
    await phone.launch()
    expect(phone.text).toContain('登录')
    expect(phone.calls).toEqual([])
    await phone.launch('account/pages/login/login')
    expect(phone.find('.returning')).toBeUndefined()
    expect(phone.text).not.toContain('一键登录')
  })

  it('works with a storage that neither reads nor writes', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    const broken = () => {
      throw new Error('storage fail')
    }
    Object.assign(phone.wx, { getStorageSync: broken, setStorageSync: broken })
    await phone.launch()
    await testUser.logIn()
    expect(testUser.tripDocuments).toHaveLength(1)
    await testUser.save()
    expect(testUser.tripDocuments).toHaveLength(2)
  })
})

/** What the launches of the app ask for, one after another. */
async function launches(testUser: PhoneUser, count: number): Promise<string[][]> {
  const asked: string[][] = []
  for (let number = 0; number < count; number++) {
    testUser.phone.calls.length = 0
    await testUser.phone.launch()
    asked.push(testUser.phone.calls.map(({ name }) => name))
  }
  return asked
}
const sessionsOf = ({ userDocument }: PhoneUser) => userDocument?.['sessions'] as { id: string }[]

describe('手机时钟不准', () => {
  it.each([
    ['a month and more ahead', 40],
    ['a month and more behind', -40],
    ['years behind', -2000],
  ])('%s: the login stands, and no launch opens a session', async (_, days) => {
    const testUser = await newTestUser()
    testUser.phone.clock.aheadMilliseconds += days * DAY
    await testUser.phone.launch()
    await testUser.logIn()
    const before = sessionsOf(testUser)
    expect(await launches(testUser, 3)).toEqual([['checkToken'], ['checkToken'], ['checkToken']])
    expect(sessionsOf(testUser)).toEqual(before)
    // It counts days as rightly as any other.
    await testUser.wait(31 * DAY)
    expect(await launches(testUser, 2)).toEqual([['login'], ['checkToken']])
    expect(sessionsOf(testUser)).toHaveLength(1)
  })

  it.each([
    ['put on by two months', 60, 'login'],
    ['put back by two months', -60, 'checkToken'],
  ])('%s after the login: one silent login at most, which replaces the session', async (_, days, first) => {
    const testUser = await newTestUser()
    await testUser.logIn()
    testUser.phone.clock.aheadMilliseconds += days * DAY
    expect(await launches(testUser, 3)).toEqual([[first], ['checkToken'], ['checkToken']])
    expect(sessionsOf(testUser)).toHaveLength(1)
    await testUser.save()
    expect(testUser.tripDocuments).toHaveLength(2)
  })

  it('put back, does not make a token valid for longer than the cloud accepts it', async () => {
    const testUser = await newTestUser()
    await testUser.logIn()
    testUser.phone.clock.aheadMilliseconds -= 60 * DAY
    await testUser.wait(31 * DAY)
    expect(await launches(testUser, 2)).toEqual([['checkToken', 'login'], ['checkToken']])
    expect(sessionsOf(testUser)).toHaveLength(1)
  })

  it('right, but the answer slow: the token ends no later than the cloud says', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.save()
    const cloud = phone.deliver
    const askedAt = testUser.kit.cloud.clock.now()
    phone.deliver = async (call) => {
      const answer = await cloud(call)
      phone.clock.aheadMilliseconds += 7000
      return answer
    }
    await testUser.allow()
    const end = Number(stored(testUser).login?.expiresAt)
    expect(end).toBeLessThan(askedAt + 30 * DAY + 5000)
    expect(end).toBeGreaterThan(askedAt + 30 * DAY - 5000)
  })

  it('set while the answer is on its way, ends the token no later than the cloud does', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.save()
    const cloud = phone.deliver
    phone.clock.aheadMilliseconds += 60 * DAY
    phone.deliver = async (call) => {
      const answer = await cloud(call)
      phone.clock.aheadMilliseconds -= 60 * DAY
      phone.deliver = cloud
      return answer
    }
    await testUser.allow()
    const end = Number(stored(testUser).login?.expiresAt)
    expect(end).toBeLessThanOrEqual(testUser.kit.cloud.clock.now() + 30 * DAY)
  })
})

describe('token 过期后重新登录', () => {
  it('is requested at the next launch if functions of an older version do not say how long it is valid', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    const cloud = phone.deliver
    phone.deliver = async (call) => {
      const answer = (await cloud(call)) as { result: { data?: { expiresInSeconds?: number } } }
      if (call.name === 'login') delete answer.result.data?.expiresInSeconds
      return answer
    }
    await testUser.logIn()
    expect(testUser.tripDocuments).toHaveLength(1)
    phone.deliver = cloud
    expect(await launches(testUser, 2)).toEqual([['login'], ['checkToken']])
  })

  it('is silent for a known user at launch: no prompt, no phone code', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    const before = stored(testUser).login?.token
    await testUser.wait(31 * DAY)
    phone.calls.length = 0
    await phone.launch()
    expect(phone.calls.map(({ name, data }) => ({ name, data }))).toEqual([
      {
        name: 'login',
        data: { device: { model: expect.any(String), platform: expect.any(String) }, replaces: before },
      },
    ])
    expect(phone.route).toBe('index')
    expect(phone.navigations).not.toContain('/account/pages/login/login?because=TOKEN_EXPIRED')
    await testUser.save()
    expect(testUser.tripDocuments).toHaveLength(2)
  })

  it('is silent in the middle of a save, which then goes on', async () => {
    const testUser = await newTestUser()
    await testUser.logIn()
    await testUser.wait(31 * DAY)
    testUser.phone.calls.length = 0
    await testUser.save()
    expect(testUser.phone.calls.map(({ name }) => name)).toEqual(['trips', 'login', 'trips'])
    expect(testUser.tripDocuments).toHaveLength(2)
  })

  it('keeps the old login for the next launch when there is no network', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await testUser.wait(31 * DAY)
    phone.goOffline()
    await phone.launch()
    expect(phone.text).toContain('收藏并保存行程')
    phone.goOnline()
    await phone.launch()
    await testUser.save()
    expect(phone.route).toBe('index')
    expect(testUser.tripDocuments).toHaveLength(2)
  })

  it('asks for the phone number if the account is gone', async () => {
    const testUser = await newTestUser()
    await testUser.logIn()
    testUser.kit.cloud.database.removeDocument('users', String(testUser.userDocument?.['_id']))
    await testUser.wait(31 * DAY)
    await testUser.phone.launch()
    await testUser.save()
    expect(testUser.phone.route).toBe('login')
  })
})
