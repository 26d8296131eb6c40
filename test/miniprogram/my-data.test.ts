import { describe, expect, it } from 'vitest'
import type { MyData } from '../../miniprogram/services/my-data.ts'
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
    const copied = JSON.parse(phone.clipboard ?? '') as MyData
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

  it('says what is not listed, and why, and copies that, too', async () => {
    const { phone } = await withData()
    expect(phone.text).toContain('没有列出的内容')
    phone.tap('.copy')
    await phone.settle()
    const { omitted } = JSON.parse(phone.clipboard ?? '') as MyData
    expect(omitted.length).toBeGreaterThan(3)
    for (const { what, why } of omitted) {
      expect(phone.text).toContain(what)
      expect(phone.text).toContain(why)
    }
  })

  it('reaches the phone with nothing in clear that tells who it is about', async () => {
    const traveller = await newTraveller()
    const { phone, openid } = traveller
    await traveller.logIn()
    await traveller.open('my-data')
    const answers: string[] = []
    const pads: unknown[] = []
    const cloud = phone.deliver
    phone.deliver = async (call) => {
      const answer = await cloud(call)
      answers.push(JSON.stringify(answer))
      pads.push(call.data['pad'])
      return answer
    }
    phone.tap('.load')
    await phone.settle()
    phone.tap('.toggle')
    expect(phone.text).toContain(`+86${PHONE_NUMBER}`)
    expect(phone.text).toContain(openid)
    expect(answers).toHaveLength(1)
    expect(answers[0]).not.toContain(PHONE_NUMBER)
    expect(answers[0]).not.toContain(openid)
    // Each time with a new pad.
    await phone.launch('pages/my-data/my-data')
    phone.tap('.load')
    await phone.settle()
    const sent = pads.filter((pad) => typeof pad === 'string')
    expect(new Set(sent).size).toBe(2)
  })

  it.each<[string, unknown, string]>([
    ['has no random numbers', undefined, ENDING_TEXTS.WECHAT_OLD],
    ['gives none', ({ fail }: { fail(): void }) => fail(), ENDING_TEXTS.BROKEN_ANSWER],
    [
      'gives too few',
      ({ success }: { success(result: object): void }) => success({ randomValues: new ArrayBuffer(8) }),
      ENDING_TEXTS.BROKEN_ANSWER,
    ],
  ])('asks for nothing where WeChat %s, and says so', async (_name, getRandomValues, text) => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await traveller.open('my-data')
    phone.calls.length = 0
    const before = phone.wx['getRandomValues']
    Object.assign(phone.wx, { getRandomValues })
    phone.tap('.load')
    await phone.settle()
    expect(phone.text).toContain(text)
    expect(phone.calls).toEqual([])
    Object.assign(phone.wx, { getRandomValues: before })
    phone.tap('.load')
    await phone.settle()
    expect(phone.text).toContain(MASKED)
  })

  it('takes an answer that the pad does not open for none', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await traveller.open('my-data')
    const cloud = phone.deliver
    phone.deliver = async (call) => {
      const answer = (await cloud(call)) as { result: { data: { identity: string } } }
      answer.result.data.identity = Buffer.alloc(256, 7).toString('base64')
      return answer
    }
    phone.tap('.load')
    await phone.settle()
    expect(phone.text).toContain(ENDING_TEXTS.BROKEN_ANSWER)
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
