import { describe, expect, it } from 'vitest'
import { type Phone, UPLOAD } from 'wechat-cloud-emulator/testing'
import type { Reason } from '../../contract/reason.ts'
import { useProject } from '../support/use-project.ts'
import { callsDuring, loggedInAtHome, stored, tapAndConfirm, userDocument } from './own-account.ts'
import { picture } from './pictures.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

const app = useProject()

const CHOOSE = '.picker >>> .choose'
const REMOVE = '.picker >>> .remove'
const FIELD = '.nickname >>> .nickname'
const SAVE = '.nickname >>> .save'
const NO_PICTURE = '/auth/images/person.svg'

/** Logged in and on the account page. */
async function onAccountPage(): Promise<Phone> {
  const phone = await loggedInAtHome(app.project)
  await phone.tap('.account')
  return phone
}

async function choose(content: Uint8Array<ArrayBuffer>): Promise<void> {
  const { phone } = app.project
  await phone.tap(CHOOSE)
  await phone.chooseAvatar(content)
}

async function submit(nickname: string): Promise<void> {
  const { phone } = app.project
  await phone.type(FIELD, nickname)
  await phone.tap(SAVE)
}

const nickname = async () => (await userDocument(app.project))?.['nickname']
const avatar = async () => String((await userDocument(app.project))?.['avatar'])
const shownAvatar = () => app.project.phone.picture('.picker >>> .avatar')
const isStored = (fileId: string) =>
  app.project.cloud.cloud.files.find(fileId.split('/').slice(3).join('/')) !== undefined

describe('the avatar', () => {
  it('is uploaded, shown, stored, and replaces the old one in the cloud storage', async () => {
    const phone = await onAccountPage()
    await choose(picture('png'))
    expect(await phone.toast()).toBe(TEXTS.account.avatarChanged)
    const first = await avatar()
    expect(first).toMatch(/^cloud:\/\/.*\/avatars\/[\w-]+\.png$/)
    expect(await shownAvatar()).toBe(first)
    expect((await stored(phone)).login?.userInfo).toMatchObject({ avatar: first })
    await choose(picture('jpeg'))
    const second = await avatar()
    expect(second).toMatch(/\.jpg$/)
    expect([isStored(first), isStored(second)]).toEqual([false, true])
    expect(await app.project.cloud.collection('avatars').documents()).toHaveLength(1)
  })

  it('can be removed, after a question', async () => {
    const phone = await onAccountPage()
    await choose(picture('png'))
    const file = await avatar()
    await phone.tap(REMOVE)
    await phone.tap('取消')
    expect(await avatar()).toBe(file)
    await tapAndConfirm(phone, REMOVE)
    expect([await avatar(), isStored(file), await shownAvatar()]).toEqual(['', false, NO_PICTURE])
    expect(await phone.count(REMOVE)).toBe(0)
  })

  it.each([
    ['a picture of another kind, without a word to the cloud', picture('gif'), 0],
    ['one that is too large, without uploading it', picture('png', 1024 * 1024 + 1), 1],
  ])('is not %s', async (_what, content, count) => {
    const phone = await onAccountPage()
    const calls = await callsDuring(phone, () => choose(content))
    expect(calls).toHaveLength(count)
    await phone.see(ERROR_TEXTS.AVATAR_INVALID)
    expect(await shownAvatar()).toBe(NO_PICTURE)
    expect((await app.project.cloud.control.get('storage/files')).files).toEqual([])
  })

  it('shows a failed upload, and 再试一次 sends the same picture', async () => {
    const phone = await onAccountPage()
    await phone.goOffline()
    await choose(picture('png'))
    await phone.see(ERROR_TEXTS.OFFLINE)
    expect(await phone.isDisabled(CHOOSE)).toBe(false)
    await phone.goOnline()
    await phone.tap('.picker >>> .notice >>> .action')
    await phone.gone(ERROR_TEXTS.OFFLINE)
    expect(isStored(await avatar())).toBe(true)
  })

  it('is uploaded once for a double choice', async () => {
    const phone = await onAccountPage()
    // Quicker than the screen that takes the button away: WeChat asks twice.
    await Promise.all([phone.tap(CHOOSE), phone.tap(CHOOSE)])
    const calls = await callsDuring(phone, () =>
      Promise.all([phone.chooseAvatar(picture('png')), phone.chooseAvatar(picture('png'))]),
    )
    expect(calls.map(({ name, data }) => data['action'] ?? name)).toEqual(['avatarUpload', UPLOAD, 'update'])
  })

  it('leaves the screen at logout', async () => {
    const phone = await onAccountPage()
    await choose(picture('png'))
    const file = await avatar()
    await tapAndConfirm(phone, '.logout')
    expect(await phone.picture('.avatar')).toBe(NO_PICTURE)
    expect(JSON.stringify(await phone.storage())).not.toContain(file)
  })
})

describe('the nickname', () => {
  it('is saved when it is submitted, and shown on every page', async () => {
    const phone = await onAccountPage()
    await submit('  小明  ')
    expect(await phone.toast()).toBe(TEXTS.account.nicknameSaved)
    expect(await nickname()).toBe('小明')
    expect(await phone.value(FIELD)).toBe('小明')
    await phone.back()
    await phone.see('小明')
  })

  it.each<[string, Reason]>([
    ['违规的名字', 'CONTENT_RISKY'],
    ['疑似的名字', 'CONTENT_DOUBTFUL'],
    ['看不见\u202e的名字', 'BAD_REQUEST'],
  ])('%s is refused with %s, and the old one stays', async (refused, reason) => {
    const phone = await onAccountPage()
    const before = await nickname()
    await submit(refused)
    await phone.see(ERROR_TEXTS[reason])
    expect((await phone.text()).includes('不能含有看不见的字符')).toBe(reason === 'BAD_REQUEST')
    expect(await nickname()).toBe(before)
    await submit('小红')
    await phone.gone(ERROR_TEXTS[reason])
    expect(await nickname()).toBe('小红')
  })

  it('is not stored unchecked: while the check is down, the user reads so', async () => {
    const phone = await onAccountPage()
    const { faults } = app.project
    await faults.openapi('security.msgSecCheck', -1)
    await submit('小明')
    await phone.see(ERROR_TEXTS.CONTENT_UNCHECKED)
    await faults.clear()
    await submit('小明')
    expect(await nickname()).toBe('小明')
  })

  it('is cleared only after a confirmation, since WeChat empties unsafe text too', async () => {
    const phone = await onAccountPage()
    await submit('小明')
    const calls = await callsDuring(phone, async () => {
      await submit('')
      await phone.tap('取消')
    })
    expect(calls).toEqual([])
    await phone.type(FIELD, '')
    await tapAndConfirm(phone, SAVE)
    expect(await nickname()).toBe('')
    await phone.see('旅行者')
  })

  it('is saved once for a double submit', async () => {
    const phone = await onAccountPage()
    await phone.type(FIELD, '小明')
    const calls = await callsDuring(phone, () => Promise.all([phone.tap(SAVE), phone.tap(SAVE)]))
    expect(calls).toHaveLength(1)
  })

  it('shows that there is no network, and can be saved later', async () => {
    const phone = await onAccountPage()
    await phone.goOffline()
    await submit('小明')
    await phone.see(ERROR_TEXTS.OFFLINE)
    expect(await phone.isDisabled(SAVE)).toBe(false)
    await phone.goOnline()
    await submit('小明')
    expect(await nickname()).toBe('小明')
  })
})
