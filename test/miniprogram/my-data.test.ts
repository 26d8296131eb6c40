import { describe, expect, it } from 'vitest'
import type { ExportAccountData } from '../../contract/account.ts'
import { ENDING_TEXTS } from '../../miniprogram/utils/texts.ts'
import { CITY, MASKED, PHONE_NUMBER, type Traveller, useTravellers } from './traveller.ts'

const newTraveller = useTravellers()

/** On the page, the data asked for. */
async function withData(): Promise<Traveller> {
  const traveller = await newTraveller()
  await traveller.logIn()
  await traveller.open('my-data')
  traveller.phone.tap('.load')
  await traveller.phone.settle()
  return traveller
}

describe('我的数据', () => {
  it('asks the cloud for nothing before the user wants it', async () => {
    const traveller = await newTraveller()
    await traveller.logIn()
    traveller.phone.calls.length = 0
    await traveller.open('my-data')
    expect(traveller.phone.calls).toEqual([])
  })

  it('says in words what is kept, and how much', async () => {
    const { phone, openid, userDocument } = await withData()
    for (const text of [openid, String(userDocument?.['_id']), '我的行程', '登录设备', '安全记录', '1 项']) {
      expect(phone.text).toContain(text)
    }
  })

  it('shows the number in clear after a tap only, and hides it again', async () => {
    const { phone } = await withData()
    expect(phone.text).toContain(MASKED)
    expect(phone.page.element.dom.outerHTML).not.toContain(PHONE_NUMBER)
    phone.tap('.toggle')
    expect(phone.text).toContain(`+86${PHONE_NUMBER}`)
    phone.tap('.toggle')
    expect(phone.text).not.toContain(PHONE_NUMBER)
    phone.tap('.toggle')
    phone.gesture('onHide')
    expect(phone.text).not.toContain(PHONE_NUMBER)
  })

  it('copies everything, and stores nothing of it', async () => {
    const { phone, openid } = await withData()
    phone.tap('.copy')
    await phone.settle()
    const copied = JSON.parse(phone.clipboard ?? '') as ExportAccountData
    expect(copied).toMatchObject({
      account: { openid, phone: `+86${PHONE_NUMBER}`, consent: { version: '2026-11-01' } },
      sessions: [{ device: { model: 'Pixel 9', platform: 'android' } }],
      collections: { trips: [{ city: CITY, days: 3 }] },
    })
    expect(copied.records.map(({ act }) => act)).toEqual(expect.arrayContaining(['login', 'consent']))
    expect(phone.toasts.at(-1)).toBe('已复制')
    expect(JSON.stringify([...phone.storage])).not.toContain(PHONE_NUMBER)
    expect(JSON.stringify([...phone.storage])).not.toContain(openid)
  })

  it('says what to do when WeChat refuses the clipboard', async () => {
    const { phone } = await withData()
    phone.clipboard = undefined
    phone.tap('.copy')
    await phone.settle()
    expect(phone.text).toContain('没有复制成功')
    phone.clipboard = ''
    phone.tap('.copy')
    await phone.settle()
    expect(phone.text).not.toContain('没有复制成功')
  })

  it('tells why there is nothing, and asks again on the next tap', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await traveller.open('my-data')
    phone.goOffline()
    phone.tap('.load')
    await phone.settle()
    expect(phone.text).toContain(ENDING_TEXTS.OFFLINE)
    phone.goOnline()
    phone.tap('.load')
    await phone.settle()
    expect(phone.text).toContain(MASKED)
  })

  it('is gone from the screen with the login', async () => {
    const traveller = await withData()
    const { phone } = traveller
    phone.tap('.toggle')
    phone.module<{ logout(): Promise<void> }>('services/session.js').logout()
    await phone.settle()
    expect(phone.text).not.toContain(PHONE_NUMBER)
    expect(phone.text).not.toContain(traveller.openid)
  })
})
