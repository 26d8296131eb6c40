import { describe, expect, it } from 'vitest'
import { stored } from './inside.ts'
import { DAY, MASKED, type Traveller, useTravellers } from './traveller.ts'

const newTraveller = useTravellers()

const WHOLE = { id: 'u', phone: MASKED, nickname: '', avatar: '' }

describe('登录状态持久化', () => {
  it('is logged in at once when the app is opened again, and checks behind the scenes', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    phone.calls.length = 0
    const cloud = phone.deliver
    let isChecked = false
    phone.deliver = async (call) => {
      expect(
        phone.module<{ getUserInfo(): object }>('services/session-state.js').getUserInfo(),
      ).toMatchObject({
        phone: MASKED,
      })
      isChecked = true
      return cloud(call)
    }
    await phone.launch()
    expect(isChecked).toBe(true)
    expect(phone.calls.map(({ name }) => name)).toEqual(['checkToken'])
    await traveller.save()
    expect(phone.route).toBe('index')
    expect(traveller.tripDocuments).toHaveLength(2)
  })

  it('keeps token, its end and masked user info on the phone, and nothing more', async () => {
    const traveller = await newTraveller()
    await traveller.logIn()
    expect([...traveller.phone.storage.keys()]).toEqual(['login'])
    expect(stored(traveller)).toEqual({
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
    const traveller = await newTraveller()
    await traveller.logIn()
    const before = stored(traveller).login
    await traveller.wait(20 * DAY)
    await traveller.phone.launch()
    const after = stored(traveller).login
    expect(after?.token).not.toBe(before?.token)
    expect(after?.expiresAt).toBeGreaterThan(Number(before?.expiresAt))
  })

  it('shows fresh user info after the background check', async () => {
    const traveller = await newTraveller()
    await traveller.logIn()
    const document = traveller.userDocument
    traveller.kit.cloud.database.putDocument('users', { ...document, nickname: '小海' } as never)
    await traveller.phone.launch()
    expect(traveller.phone.text).toContain('小海')
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
    const { phone } = await newTraveller()
    phone.storage.set('login', value)
    await phone.launch()
    expect(phone.text).toContain('登录')
    expect(phone.calls).toEqual([])
    await phone.launch('pages/login/login')
    expect(phone.find('.one-tap')).toBeUndefined()
  })

  it('lives through a storage that neither reads nor writes', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    const broken = () => {
      throw new Error('storage fail')
    }
    Object.assign(phone.wx, { getStorageSync: broken, setStorageSync: broken })
    await phone.launch()
    await traveller.logIn()
    expect(traveller.tripDocuments).toHaveLength(1)
    await traveller.save()
    expect(traveller.tripDocuments).toHaveLength(2)
  })
})

/** What the launches of the app ask for, one after another. */
async function launches(traveller: Traveller, count: number): Promise<string[][]> {
  const asked: string[][] = []
  for (let number = 0; number < count; number++) {
    traveller.phone.calls.length = 0
    await traveller.phone.launch()
    asked.push(traveller.phone.calls.map(({ name }) => name))
  }
  return asked
}
const sessionsOf = ({ userDocument }: Traveller) => userDocument?.['sessions'] as { id: string }[]

describe('手机时钟不准', () => {
  it.each([
    ['a month and more ahead', 40],
    ['a month and more behind', -40],
    ['years behind', -2000],
  ])('%s: the login stands, and no launch opens a session', async (_, days) => {
    const traveller = await newTraveller()
    traveller.phone.clock.aheadMilliseconds += days * DAY
    await traveller.phone.launch()
    await traveller.logIn()
    const before = sessionsOf(traveller)
    expect(await launches(traveller, 3)).toEqual([['checkToken'], ['checkToken'], ['checkToken']])
    expect(sessionsOf(traveller)).toEqual(before)
    // It counts days as rightly as any other.
    await traveller.wait(31 * DAY)
    expect(await launches(traveller, 2)).toEqual([['login'], ['checkToken']])
    expect(sessionsOf(traveller)).toHaveLength(1)
  })

  it.each([
    ['put on by two months', 60, 'login'],
    ['put back by two months', -60, 'checkToken'],
  ])('%s after the login: one silent login at most, in the place of the session', async (_, days, first) => {
    const traveller = await newTraveller()
    await traveller.logIn()
    traveller.phone.clock.aheadMilliseconds += days * DAY
    expect(await launches(traveller, 3)).toEqual([[first], ['checkToken'], ['checkToken']])
    expect(sessionsOf(traveller)).toHaveLength(1)
    await traveller.save()
    expect(traveller.tripDocuments).toHaveLength(2)
  })

  it('put back, does not make a token count for longer than the cloud takes it', async () => {
    const traveller = await newTraveller()
    await traveller.logIn()
    traveller.phone.clock.aheadMilliseconds -= 60 * DAY
    await traveller.wait(31 * DAY)
    expect(await launches(traveller, 2)).toEqual([['checkToken', 'login'], ['checkToken']])
    expect(sessionsOf(traveller)).toHaveLength(1)
  })

  it('right, but the answer slow: the token ends no later than the cloud says', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.save()
    const cloud = phone.deliver
    const askedAt = traveller.kit.cloud.clock.now()
    phone.deliver = async (call) => {
      const answer = await cloud(call)
      phone.clock.aheadMilliseconds += 7000
      return answer
    }
    await traveller.allow()
    const end = Number(stored(traveller).login?.expiresAt)
    expect(end).toBeLessThan(askedAt + 30 * DAY + 5000)
    expect(end).toBeGreaterThan(askedAt + 30 * DAY - 5000)
  })

  it('set while the answer is on its way, ends the token no later than the cloud does', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.save()
    const cloud = phone.deliver
    phone.clock.aheadMilliseconds += 60 * DAY
    phone.deliver = async (call) => {
      const answer = await cloud(call)
      phone.clock.aheadMilliseconds -= 60 * DAY
      phone.deliver = cloud
      return answer
    }
    await traveller.allow()
    const end = Number(stored(traveller).login?.expiresAt)
    expect(end).toBeLessThanOrEqual(traveller.kit.cloud.clock.now() + 30 * DAY)
  })
})

describe('token 过期后重新登录', () => {
  it('is asked for at the next launch where functions of an older version do not say how long it counts', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    const cloud = phone.deliver
    phone.deliver = async (call) => {
      const answer = (await cloud(call)) as { result: { data: { expiresInSeconds?: number } } }
      if (call.name === 'login') delete answer.result.data.expiresInSeconds
      return answer
    }
    await traveller.logIn()
    expect(traveller.tripDocuments).toHaveLength(1)
    phone.deliver = cloud
    expect(await launches(traveller, 2)).toEqual([['login'], ['checkToken']])
  })

  it('is silent for a known user at launch: no prompt, no phone code', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    const before = stored(traveller).login?.token
    await traveller.wait(31 * DAY)
    phone.calls.length = 0
    await phone.launch()
    expect(phone.calls.map(({ name, data }) => ({ name, data }))).toEqual([
      {
        name: 'login',
        data: { device: { model: expect.any(String), platform: expect.any(String) }, replaces: before },
      },
    ])
    expect(phone.route).toBe('index')
    expect(phone.navigations).not.toContain('/pages/login/login?because=TOKEN_EXPIRED')
    await traveller.save()
    expect(traveller.tripDocuments).toHaveLength(2)
  })

  it('is silent in the middle of a save, which then goes on', async () => {
    const traveller = await newTraveller()
    await traveller.logIn()
    await traveller.wait(31 * DAY)
    traveller.phone.calls.length = 0
    await traveller.save()
    expect(traveller.phone.calls.map(({ name }) => name)).toEqual(['trips', 'login', 'trips'])
    expect(traveller.tripDocuments).toHaveLength(2)
  })

  it('keeps the old login for the next launch when there is no network', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await traveller.wait(31 * DAY)
    phone.goOffline()
    await phone.launch()
    expect(phone.text).toContain('收藏并保存行程')
    phone.goOnline()
    await phone.launch()
    await traveller.save()
    expect(phone.route).toBe('index')
    expect(traveller.tripDocuments).toHaveLength(2)
  })

  it('asks for the phone number where the account is gone', async () => {
    const traveller = await newTraveller()
    await traveller.logIn()
    traveller.kit.cloud.database.removeDocument('users', String(traveller.userDocument?.['_id']))
    await traveller.wait(31 * DAY)
    await traveller.phone.launch()
    await traveller.save()
    expect(traveller.phone.route).toBe('login')
  })
})
