import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PhonePage } from 'wechat-cloud-emulator/testing/phone'
import { GROUPS } from '../../parity/phone/miniprogram/lib/questions.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { PhoneKit } from '../phone/phone-kit.ts'

const NAMES = GROUPS.flatMap(({ questions }) => questions.map(({ name }) => name))

let kit: PhoneKit
let phone: PhonePage
let answersOfAnother: Record<string, unknown> = {}
beforeAll(async () => {
  kit = await PhoneKit.start(projectPath('parity/phone/miniprogram'))
  phone = await kit.phone('oParityParityParityParityPar')
})
afterAll(() => kit.stop())

async function copied(from: PhonePage): Promise<string> {
  await from.button('复制结果 Copy').click()
  return from.run(async () => {
    const { data } = await (globalThis as unknown as Screen).wx.getClipboardData()
    return data
  })
}

/** Taps a question's button, answers WeChat's sheet with a button of this name, and waits until it is written down. */
async function ask(name: string, sheetButton?: string): Promise<void> {
  await phone.button(`phone.${name}`).click()
  if (sheetButton !== undefined) await phone.wechatButton(sheetButton).click()
  await written(name)
}

function written(name: string): Promise<void> {
  return phone.top
    .locator('.question.done', { hasText: `phone.${name}` })
    .first()
    .waitFor()
}

/** The `wx` of a screen. */
interface Screen {
  wx: { getClipboardData(): Promise<{ data: string }> }
}

it('before consent: refused, refused again, and consented in a listener of the page', async () => {
  await ask('privacy.setting-before')
  await ask('number.without-consent', '拒绝')
  await ask('privacy.again-within-10-seconds')
  // A new start forgets the refusal of ten seconds.
  await phone.page.reload()
  await ask('privacy.refused', '拒绝')
  await phone.page.reload()
  await phone.button('phone.privacy.listener').click()
  await phone.button('同意').click()
  await written('privacy.listener')
  await ask('privacy.setting-after')
})

it('the buttons of the phone number, allowed, refused and cancelled', async () => {
  await ask('number.allowed', '允许')
  await ask('number.refused', '拒绝')
  await phone.button('phone.number.cancelled').click()
  await phone.wechatButton('允许').waitFor()
  await phone.page.keyboard.press('Escape')
  await written('number.cancelled')
  await ask('number.realtime-allowed', '允许')
  await ask('number.realtime-refused', '拒绝')
})

it('avatar and nickname', async () => {
  await ask('avatar.chosen', '用微信头像')
  await phone.button('phone.avatar.cancelled').click()
  await phone.wechatButton('取消').click()
  await phone.button('phone.avatar.cancelled none').click()
  await written('avatar.cancelled')
  await phone.top.getByRole('textbox', { name: '昵称' }).click()
  await phone.page.getByRole('button', { name: /微信昵称/ }).click()
  await ask('nickname.chosen')
})

it('what a plain button asks of the device and the cloud', async () => {
  const plain = GROUPS.slice(3, 5).flatMap(({ questions }) => questions)
  for (const { name } of plain.filter(({ kind }) => kind === 'run')) {
    await ask(name.slice('phone.'.length))
  }
  await phone.button('phone.preload.subpackage').click()
  await phone.text('the subpackage is open').waitFor()
  await phone.back()
  await written('preload.subpackage')
})

it('another account on the same device has a storage of its own', async () => {
  const other = await kit.phone('oOther')
  await other.button('phone.storage.other-account').click()
  await other.top.locator('.question.done', { hasText: 'phone.storage.other-account' }).waitFor()
  const { answers } = JSON.parse(await copied(other))
  expect(answers).toEqual({ 'phone.storage.other-account': { value: { isThere: false } } })
  answersOfAnother = answers
})

it('what an offline phone says', async () => {
  await phone.setting('断网').check()
  for (const { name } of GROUPS[5]?.questions ?? []) await ask(name.slice('phone.'.length))
  await phone.setting('断网').uncheck()
})

it('the copied text is that of parity/answers/phone.json, has every question and nobody’s data', async () => {
  const text = await copied(phone)
  const { kind, version, answers } = JSON.parse(text)
  expect(Object.keys(answers)).toEqual([...NAMES].sort())
  expect(text).not.toMatch(/oParity|\d{8}|"code":|wxfile:|cloud:|http:/)
  const both = { ...answers, ...answersOfAnother }
  const committed = `${JSON.stringify({ kind, version, answers: both }, null, 2)}\n`
  await expect(committed).toMatchFileSnapshot(projectPath('parity/answers/phone.json'))
})
