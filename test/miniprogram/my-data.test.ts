import { describe, expect, it } from 'vitest'
import type { ApiReplacement, Phone } from 'wechat-cloud-emulator/testing'
import type { MyData } from '../../miniprogram/account/services/my-data.ts'
import { useProject } from '../support/use-project.ts'
import { CITY } from './log-in.ts'
import {
  callsDuring,
  loggedInAtHome,
  MASKED,
  openOwn,
  PHONE_NUMBER,
  tapAndConfirm,
  userDocument,
} from './own-account.ts'
import { openAbove } from './screen.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

const app = useProject()

/** On the page, logged in. */
async function onThePage(): Promise<Phone> {
  const phone = await loggedInAtHome(app.project)
  await openOwn(phone, 'my-data')
  return phone
}

/** On the page, with the data loaded. */
async function withData(): Promise<Phone> {
  const phone = await onThePage()
  await phone.tap('.load')
  return phone
}

describe('我的数据', () => {
  it('calls nothing before the user’s tap', async () => {
    const phone = await loggedInAtHome(app.project)
    expect(await callsDuring(phone, () => openOwn(phone, 'my-data'))).toEqual([])
  })

  it('shows in words what is stored, and how much', async () => {
    const phone = await withData()
    const { _id: userId } = (await userDocument(app.project)) ?? {}
    const text = await phone.text()
    for (const shown of [phone.openid, String(userId), '我的行程', '登录设备', '安全记录', '1 项']) {
      expect(text).toContain(shown)
    }
  })

  it('shows the number in clear after a tap only, and hides it again', async () => {
    const phone = await withData()
    expect(await phone.text()).toContain(MASKED)
    expect(await phone.text()).not.toContain(PHONE_NUMBER)
    await phone.tap('.toggle')
    expect(await phone.text()).toContain(`+86${PHONE_NUMBER}`)
    await phone.tap('.toggle')
    expect(await phone.text()).not.toContain(PHONE_NUMBER)
    await phone.tap('.toggle')
    await phone.hide()
    await phone.show()
    expect(await phone.text()).not.toContain(PHONE_NUMBER)
  })

  it('copies everything, and stores nothing of it', async () => {
    const phone = await withData()
    await phone.tap('.copy')
    const copied = JSON.parse(await phone.clipboard()) as MyData
    expect(copied).toMatchObject({
      account: { openid: phone.openid, phone: `+86${PHONE_NUMBER}`, consent: { version: '2026-11-28' } },
      sessions: [{ device: { model: 'Pixel 9', platform: 'android' } }],
      collections: { trips: [{ city: CITY, days: 3 }] },
    })
    expect(copied.records.map(({ act }) => act)).toEqual(expect.arrayContaining(['login', 'consent']))
    expect(await phone.toasts()).toEqual(['内容已复制', TEXTS.myData.copied])
    const stored = JSON.stringify(await phone.storage())
    expect(stored).not.toContain(PHONE_NUMBER)
    expect(stored).not.toContain(phone.openid)
  })

  it('says what is not listed, and why, and copies that, too', async () => {
    const phone = await withData()
    await phone.see('没有列出的内容')
    await phone.tap('.copy')
    const { omitted } = JSON.parse(await phone.clipboard()) as MyData
    expect(omitted.length).toBeGreaterThan(3)
    const text = await phone.text()
    for (const { what, why } of omitted) {
      expect(text).toContain(what)
      expect(text).toContain(why)
    }
  })

  it('reaches the phone with nothing in clear that identifies the user', async () => {
    const phone = await onThePage()
    const answers: string[] = []
    const pads = new Set<unknown>()
    await phone.answerCalls('account', async ({ data }, cloud) => {
      const answer = await cloud()
      answers.push(JSON.stringify(answer))
      pads.add(data['pad'])
      return answer
    })
    await phone.tap('.load')
    await phone.tap('.toggle')
    await phone.see(`+86${PHONE_NUMBER}`)
    await phone.see(phone.openid)
    expect(answers).toHaveLength(1)
    expect(answers[0]).not.toContain(PHONE_NUMBER)
    expect(answers[0]).not.toContain(phone.openid)
    // Each time with a new pad.
    await phone.open('account/pages/my-data/my-data')
    await phone.tap('.load')
    expect([...pads]).toEqual([expect.any(String), expect.any(String)])
  })

  it.each<[string, ApiReplacement, string]>([
    ['has no random numbers', 'absent', ERROR_TEXTS.WECHAT_OLD],
    ['gives none', { fail: {} }, ERROR_TEXTS.INVALID_RESPONSE],
    ['gives too few', { success: { randomValues: new ArrayBuffer(8) } }, ERROR_TEXTS.INVALID_RESPONSE],
  ])('asks for nothing where WeChat %s, and says so', async (_name, replacement, text) => {
    const phone = await onThePage()
    await phone.replaceApi('getRandomValues', replacement)
    expect(await callsDuring(phone, () => phone.tap('.load'))).toEqual([])
    await phone.see(text)
    await phone.restoreApi('getRandomValues')
    await phone.tap('.load')
    await phone.see(MASKED)
  })

  it('rejects an answer that the pad does not open', async () => {
    const phone = await onThePage()
    await phone.answerCalls('account', async (_call, cloud) => {
      const answer = (await cloud()) as { data: { identity: string } }
      answer.data.identity = Buffer.alloc(256, 7).toString('base64')
      return answer
    })
    await phone.tap('.load')
    await phone.see(ERROR_TEXTS.INVALID_RESPONSE)
  })

  it('says what to do when WeChat refuses the clipboard', async () => {
    const phone = await withData()
    await phone.replaceApi('setClipboardData', { fail: { errno: 112, errMsg: 'setClipboardData:fail' } })
    await phone.tap('.copy')
    await phone.see('没有复制成功')
    await phone.restoreApi('setClipboardData')
    await phone.tap('.copy')
    await phone.gone('没有复制成功')
  })

  it('shows why there is nothing, and loads it on the next tap', async () => {
    const phone = await onThePage()
    await phone.goOffline()
    await phone.tap('.load')
    await phone.see(ERROR_TEXTS.OFFLINE)
    await phone.goOnline()
    await phone.tap('.load')
    await phone.see(MASKED)
  })

  it('is gone from the screen with the login', async () => {
    const phone = await withData()
    await phone.tap('.toggle')
    await phone.see(phone.openid)
    await openAbove(phone, 'account/pages/account/account')
    await tapAndConfirm(phone, '.logout')
    await phone.back()
    await phone.see(TEXTS.myData.needLogin)
    expect(await phone.text()).not.toContain(PHONE_NUMBER)
    expect(await phone.text()).not.toContain(phone.openid)
  })
})
