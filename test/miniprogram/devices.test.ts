import { describe, expect, it } from 'vitest'
import { ENDING_TEXTS } from '../../miniprogram/utils/texts.ts'
import { succeeded } from '../cloud-kit.ts'
import { OFFLINE } from './deliver.ts'
import { loggedOut, stored } from './inside.ts'
import { DAY, MASKED, type Traveller, useTravellers } from './traveller.ts'

const newTraveller = useTravellers()

/** Logs the same person in on another device. @returns its token */
async function loginOn({ kit, openid }: Traveller, model: string, platform = 'ios'): Promise<string> {
  return succeeded(await kit.login(openid, { device: { model, platform } })).token
}

async function reasonFor({ kit, openid }: Traveller, token: string | undefined): Promise<unknown> {
  const answer = await kit.checkToken(openid, { token })
  return answer.code === 200 ? 'living' : answer.reason
}

/** On the devices page, with an iPhone and a computer beside the phone in hand. */
async function withThree(): Promise<Traveller & { iphone: string; computer: string }> {
  const traveller = await newTraveller()
  await traveller.logIn()
  const iphone = await loginOn(traveller, 'iPhone 15')
  const computer = await loginOn(traveller, '', 'windows')
  await traveller.open('devices')
  return Object.assign(traveller, { iphone, computer })
}

const names = ({ phone }: Traveller) => (phone.data['devices'] as { name: string }[]).map(({ name }) => name)

/** Taps what ends the device of this name, and answers the question. */
async function end(traveller: Traveller, name: string, answer = true): Promise<void> {
  const { phone } = traveller
  const place = names(traveller).indexOf(name)
  // The first row is the phone in hand, which has no such button.
  const [button] = phone.page.element.querySelectorAll('.end').slice(place - 1)
  if (!button) throw new Error(`no button for ${name}`)
  phone.tapElement(button)
  phone.answer(answer)
  await phone.settle()
}

describe('登录设备', () => {
  it('lists them, the one in hand first and marked, with platform and days in words', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await loginOn(traveller, 'iPhone 15')
    await traveller.wait(DAY)
    await loginOn(traveller, '', 'windows')
    await traveller.open('devices')
    expect(phone.data['devices']).toMatchObject([
      { name: 'Pixel 9', platform: 'Android', current: true, lastSeen: '今天', since: '昨天' },
      { name: '未知设备', platform: 'Windows', current: false, lastSeen: '今天', since: '今天' },
      { name: 'iPhone 15', platform: 'iOS', current: false, lastSeen: '昨天', since: '昨天' },
    ])
    expect(phone.text.match(/当前设备/g)).toHaveLength(1)
    await traveller.wait(3 * DAY)
    phone.gesture('onPullDownRefresh')
    await phone.settle()
    expect(phone.text).toMatch(/\d+月\d+日/)
  })

  it('ends one, after a question, and no other', async () => {
    const traveller = await withThree()
    const { phone, iphone, computer } = traveller
    await end(traveller, 'iPhone 15', false)
    expect(await reasonFor(traveller, iphone)).toBe('living')
    await end(traveller, 'iPhone 15')
    expect(names(traveller)).toEqual(['Pixel 9', '未知设备'])
    expect(phone.toasts.at(-1)).toBe('该设备已退出')
    expect(await reasonFor(traveller, iphone)).toBe('SESSION_REVOKED')
    expect(await reasonFor(traveller, computer)).toBe('living')
  })

  it('ends all others and stays logged in', async () => {
    const traveller = await withThree()
    const { phone, iphone, computer } = traveller
    phone.tap('.end-others')
    phone.answer(true)
    await phone.settle()
    expect(names(traveller)).toEqual(['Pixel 9'])
    expect(phone.text).toContain('没有其他设备')
    expect(phone.find('.end-others')).toBeUndefined()
    expect([await reasonFor(traveller, iphone), await reasonFor(traveller, computer)]).toEqual([
      'SESSION_REVOKED',
      'SESSION_REVOKED',
    ])
    expect(await reasonFor(traveller, stored(traveller).login?.token)).toBe('living')
  })

  it('ends all, this phone too, which then stays out', async () => {
    const traveller = await withThree()
    const { phone, iphone } = traveller
    const token = stored(traveller).login?.token
    phone.tap('.end-all')
    phone.answer(true)
    await phone.settle()
    expect(phone.route).toBe('account')
    expect(phone.text).toContain('未登录')
    expect(stored(traveller)).toEqual(loggedOut(MASKED))
    expect([await reasonFor(traveller, iphone), await reasonFor(traveller, token)]).toEqual([
      'SESSION_REVOKED',
      'SESSION_REVOKED',
    ])
  })

  it('ends all though the first answer is lost', async () => {
    const traveller = await withThree()
    const { phone, iphone } = traveller
    const cloud = phone.deliver
    phone.deliver = async (call) => {
      phone.deliver = cloud
      await cloud(call)
      throw OFFLINE
    }
    phone.tap('.end-all')
    phone.answer(true)
    await phone.settle()
    expect(phone.text).toContain('未登录')
    expect(await reasonFor(traveller, iphone)).toBe('SESSION_REVOKED')
  })

  it('tells when nothing could be ended, and leaves the list as it is', async () => {
    const traveller = await withThree()
    const { phone, iphone } = traveller
    phone.goOffline()
    await end(traveller, 'iPhone 15')
    phone.tap('.end-all')
    phone.answer(true)
    await phone.settle()
    expect(phone.text).toContain(ENDING_TEXTS.OFFLINE)
    expect(names(traveller)).toHaveLength(3)
    expect(stored(traveller).login).toBeDefined()
    expect(await reasonFor(traveller, iphone)).toBe('living')
    expect(phone.attribute('.end-others', 'disabled')).toBe(false)
  })

  it('tells why the list is empty, and loads it on the next tap', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    phone.goOffline()
    await traveller.open('devices')
    expect(phone.text).toContain(ENDING_TEXTS.OFFLINE)
    phone.goOnline()
    phone.tap('.notice >>> .action')
    await phone.settle()
    expect(phone.text).toContain('没有其他设备')
  })
})

describe('a phone that another one ended', () => {
  it('says 已在其他设备退出 at its next call, not 登录已过期, and shows nothing of the account', async () => {
    const traveller = await withThree()
    const { phone, kit, openid, computer } = traveller
    succeeded(await kit.call('logout', openid, { token: computer, scope: 'others' }))
    phone.gesture('onPullDownRefresh')
    await phone.settle()
    expect(phone.route).toBe('login')
    expect(phone.text).toContain('已在其他设备退出')
    expect(phone.text).not.toContain('过期')
    phone.back()
    expect(phone.text).toContain('登录后查看登录过的设备')
    expect(phone.text).not.toContain('Pixel 9')
    expect(await reasonFor(traveller, computer)).toBe('living')
  })

  it('may log out all the same, which answers well', async () => {
    const traveller = await newTraveller()
    const { phone, kit, openid } = traveller
    await traveller.logIn()
    await kit.call('logout', openid, { token: await loginOn(traveller, 'iPhone 15'), scope: 'others' })
    const answers: unknown[] = []
    const cloud = phone.deliver
    phone.deliver = async (call) => {
      const answer = (await cloud(call)) as { result: unknown }
      answers.push(answer.result)
      return answer
    }
    await traveller.logOut()
    expect(answers).toMatchObject([{ code: 200 }])
    expect(stored(traveller)).toEqual(loggedOut(MASKED))
  })

  it('so does one whose login has expired', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await traveller.wait(31 * DAY)
    phone.calls.length = 0
    await traveller.logOut()
    expect(phone.calls.map(({ name }) => name)).toEqual(['logout'])
    expect(stored(traveller)).toEqual(loggedOut(MASKED))
  })

  it('is the one that logged in first, when an eleventh does', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    for (let device = 1; device <= 10; device++) await loginOn(traveller, `Phone ${device}`)
    await traveller.save()
    expect(phone.route).toBe('login')
    expect(phone.text).toContain('已在其他设备退出')
  })
})
