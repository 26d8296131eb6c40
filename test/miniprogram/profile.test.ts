import { afterEach, describe, expect, it } from 'vitest'
import { OFFLINE } from 'wechat-cloud-emulator/testing/simulator'
import type { Reason } from '../../contract/reason.ts'
import { stored } from './app-state.ts'
import { picture } from './phone/pictures.ts'
import { type PhoneUser, useTestUsers } from './phone-user.ts'
import { ERROR_TEXTS } from './texts.ts'

const newTestUser = useTestUsers()
let testUser: PhoneUser
afterEach(() => testUser.kit.cloud.faults.clear())

/** Logged in and on the account page. */
async function onAccountPage(): Promise<PhoneUser> {
  testUser = await newTestUser()
  await testUser.logIn()
  testUser.phone.tap('.account')
  await testUser.phone.settle()
  return testUser
}

async function choose(content: Uint8Array<ArrayBuffer>, path = 'http://tmp/chosen.png'): Promise<void> {
  const { phone } = testUser
  phone.files.set(path, content)
  phone.fire('.picker >>> .choose', 'chooseavatar', { avatarUrl: path })
  await phone.settle()
}

async function submit(nickname: string): Promise<void> {
  testUser.phone.fire('.nickname >>> .form', 'submit', { value: { nickname } })
  await testUser.phone.settle()
}

const avatar = () => String(testUser.userDocument?.['avatar'])
const shownAvatar = () => testUser.phone.attribute('.picker >>> .avatar', 'src')
const isStored = (fileId: string) =>
  testUser.kit.cloud.files.find(fileId.split('/').slice(3).join('/')) !== undefined

describe('the avatar', () => {
  it('is uploaded, shown, stored, and replaces the old one in the cloud storage', async () => {
    const { phone, kit } = await onAccountPage()
    await choose(picture('png'))
    expect(phone.toasts.at(-1)).toBe('头像已更新')
    const first = avatar()
    expect(first).toMatch(/^cloud:\/\/.*\/avatars\/[\w-]+\.png$/)
    expect(shownAvatar()).toBe(first)
    expect(stored(testUser).login?.userInfo).toMatchObject({ avatar: first })
    await choose(picture('jpeg'), 'http://tmp/photo')
    expect(avatar()).toMatch(/\.jpg$/)
    expect([isStored(first), isStored(avatar())]).toEqual([false, true])
    expect(
      kit.documents('avatars').filter(({ userId }) => userId === testUser.userDocument?.['_id']),
    ).toHaveLength(1)
  })

  it('can be removed, after a question', async () => {
    const { phone } = await onAccountPage()
    await choose(picture('png'))
    const file = avatar()
    phone.tap('.picker >>> .remove')
    phone.answer(false)
    await phone.settle()
    expect(avatar()).toBe(file)
    phone.tap('.picker >>> .remove')
    phone.answer(true)
    await phone.settle()
    expect([avatar(), isStored(file), shownAvatar()]).toEqual(['', false, '/auth/images/person.svg'])
    expect(phone.find('.picker >>> .remove')).toBeUndefined()
  })

  it.each([
    ['a picture of another kind, without a word to the cloud', picture('gif'), 0],
    ['one that is too large, without uploading it', picture('png', 1024 * 1024 + 1), 1],
  ])('is not %s', async (_what, content, calls) => {
    const { phone } = await onAccountPage()
    phone.calls.length = 0
    phone.upload = () => Promise.reject(new Error('no upload was expected'))
    await choose(content)
    expect(phone.text).toContain(ERROR_TEXTS.AVATAR_INVALID)
    expect(phone.calls).toHaveLength(calls)
    expect(shownAvatar()).toBe('/auth/images/person.svg')
  })

  it('shows a failed upload, and 再试一次 sends the same picture', async () => {
    const { phone } = await onAccountPage()
    const { upload } = phone
    phone.upload = () => Promise.reject(OFFLINE)
    await choose(picture('png'))
    expect(phone.text).toContain(ERROR_TEXTS.OFFLINE)
    expect(phone.attribute('.picker >>> .choose', 'disabled')).toBe(false)
    phone.upload = upload
    phone.tap('.picker >>> .notice >>> .action')
    await phone.settle()
    expect(phone.text).not.toContain(ERROR_TEXTS.OFFLINE)
    expect(isStored(avatar())).toBe(true)
  })

  it('is uploaded once for a double choice', async () => {
    const { phone } = await onAccountPage()
    phone.files.set('http://tmp/a.png', picture('png'))
    for (let tap = 0; tap < 2; tap++) {
      phone.fire('.picker >>> .choose', 'chooseavatar', { avatarUrl: 'http://tmp/a.png' })
    }
    await phone.settle()
    expect(phone.callsOf('account').map(({ data }) => data['action'])).toEqual(['avatarUpload', 'update'])
  })

  it('leaves the screen at logout', async () => {
    const { phone } = await onAccountPage()
    await choose(picture('png'))
    const file = avatar()
    phone.tap('.logout')
    phone.answer(true)
    await phone.settle()
    expect(phone.page.element.dom.outerHTML).not.toContain(file)
    expect(JSON.stringify([...phone.storage])).not.toContain(file)
  })
})

describe('the nickname', () => {
  it('is saved when it is submitted, and shown on every page', async () => {
    const { phone } = await onAccountPage()
    expect(phone.attribute('.nickname >>> .nickname', 'type')).toBe('nickname')
    await submit('  小明  ')
    expect(phone.toasts.at(-1)).toBe('昵称已保存')
    expect(testUser.userDocument).toMatchObject({ nickname: '小明' })
    expect(phone.attribute('.nickname >>> .nickname', 'value')).toBe('小明')
    phone.back()
    expect(phone.text).toContain('小明')
  })

  it.each<[string, Reason]>([
    ['违规的名字', 'CONTENT_RISKY'],
    ['疑似的名字', 'CONTENT_DOUBTFUL'],
    ['看不见\u202e的名字', 'BAD_REQUEST'],
  ])('%s is refused with %s, and the old one stays', async (nickname, reason) => {
    const { phone } = await onAccountPage()
    const before = testUser.userDocument?.['nickname']
    await submit(nickname)
    expect(phone.text).toContain(ERROR_TEXTS[reason])
    expect(phone.text.includes('不能含有看不见的字符')).toBe(reason === 'BAD_REQUEST')
    expect(testUser.userDocument?.['nickname']).toBe(before)
    await submit('小红')
    expect(phone.text).not.toContain(ERROR_TEXTS[reason])
    expect(testUser.userDocument).toMatchObject({ nickname: '小红' })
  })

  it('is not stored unchecked: while the check is down, the user reads so', async () => {
    const { phone, kit } = await onAccountPage()
    kit.cloud.faults.add({ action: 'wx.openApi', answer: { kind: 'openapi', errcode: -1, errmsg: 'busy' } })
    await submit('小明')
    expect(phone.text).toContain(ERROR_TEXTS.CONTENT_UNCHECKED)
    kit.cloud.faults.clear()
    await submit('小明')
    expect(testUser.userDocument).toMatchObject({ nickname: '小明' })
  })

  it('is cleared only after a confirmation, since WeChat empties unsafe text too', async () => {
    const { phone } = await onAccountPage()
    await submit('小明')
    phone.calls.length = 0
    await submit('')
    phone.answer(false)
    await phone.settle()
    expect(phone.calls).toEqual([])
    await submit('')
    phone.answer(true)
    await phone.settle()
    expect(testUser.userDocument).toMatchObject({ nickname: '' })
    expect(phone.text).toContain('旅行者')
  })

  it('is saved once for a double submit', async () => {
    const { phone } = await onAccountPage()
    for (let tap = 0; tap < 2; tap++)
      phone.fire('.nickname >>> .form', 'submit', { value: { nickname: '小明' } })
    await phone.settle()
    expect(phone.callsOf('account')).toHaveLength(1)
  })

  it('shows that there is no network, and can be saved later', async () => {
    const { phone } = await onAccountPage()
    phone.goOffline()
    await submit('小明')
    expect(phone.text).toContain(ERROR_TEXTS.OFFLINE)
    expect(phone.attribute('.nickname >>> .save', 'disabled')).toBe(false)
    phone.goOnline()
    await submit('小明')
    expect(testUser.userDocument).toMatchObject({ nickname: '小明' })
  })
})
