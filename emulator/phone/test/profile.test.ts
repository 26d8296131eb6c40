import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LIMITS } from '../../cloud/limits.ts'
import { ClientFiles } from '../../testing/client-files.ts'
import { FIXTURE, PhoneKit } from '../../testing/phone/phone-kit.ts'
import type { PhonePage } from '../../testing/phone/phone-page.ts'

/** Two pixels wide, one high. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAC0lEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC',
  'base64',
)

const MINE = { name: 'me.png', mimeType: 'image/png', buffer: PICTURE }
type ChosenFile = string | typeof MINE

let kit: PhoneKit
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pictures-'))
  kit = await PhoneKit.start(FIXTURE)
})
afterEach(() => kit.finish())
afterAll(async () => {
  await kit.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function open(openid: string): Promise<PhonePage> {
  const phone = await kit.phone(openid)
  await phone.text('个人资料').click()
  return phone
}

const said = (phone: PhonePage, what: unknown) =>
  expect.poll(() => phone.top.locator('.log').textContent()).toBe(JSON.stringify(what))

const widthShown = (phone: PhonePage) =>
  phone.top
    .getByRole('img', { name: '头像' })
    .locator('img')
    .evaluate((img) => img.naturalWidth)

/** Consents to the privacy guide and opens the sheet. */
async function openSheet(phone: PhonePage): Promise<void> {
  await phone.button('换头像').click()
  await phone.wechatButton('同意').click()
  await phone.wechatButton('用微信头像').waitFor()
}

async function chooseFile(phone: PhonePage, file: ChosenFile = MINE) {
  const [chooser] = await Promise.all([
    phone.page.waitForEvent('filechooser'),
    phone.page.locator('.overlay').getByRole('button', { name: '从相册选择' }).click(),
  ])
  await chooser.setFiles(file)
}

/** A phone with a chosen picture of two pixels. */
async function withPicture(openid: string): Promise<PhonePage> {
  const phone = await open(openid)
  await openSheet(phone)
  await chooseFile(phone)
  await expect.poll(() => widthShown(phone)).toBe(2)
  return phone
}

const storedFile = (path: string) => kit.cloud.files.find(path)

describe('an avatar', () => {
  it('is the WeChat avatar or a file; nothing is chosen after 取消', async () => {
    const phone = await open('oChooser')
    await openSheet(phone)
    await phone.wechatButton('取消').click()
    await phone.button('换头像').click()
    await phone.wechatButton('用微信头像').click()
    await expect.poll(() => widthShown(phone)).toBe(132)
    await phone.button('换头像').click()
    await chooseFile(phone)
    await expect.poll(() => widthShown(phone)).toBe(2)
  })

  it('is not requested, without an error, when the privacy guide is refused', async () => {
    const phone = await open('oRefuser')
    await phone.button('换头像').click()
    await phone.wechatButton('拒绝').click()
    await phone.page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await widthShown(phone)).toBe(0)
  })

  it.each([
    ['a file that is no picture', { name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('text') }],
    ['a picture that WeChat’s check rejects', { name: '违规.png', mimeType: 'image/png', buffer: PICTURE }],
  ])('is rejected for %s', async (_title, file) => {
    const phone = await open('oRisky')
    await openSheet(phone)
    await chooseFile(phone, file)
    await phone.toast('无法使用该头像').waitFor()
    expect(await widthShown(phone)).toBe(0)
    await phone.panelButton('清除数据并重启').click()
  })

  it('can be shown and uploaded by another page', async () => {
    const phone = await withPicture('oMoving')
    await phone.back()
    await phone.text('个人资料').click()
    await expect.poll(() => widthShown(phone)).toBe(2)
    await phone.button('再开一页').click()
    await phone.button('上传').click()
    await said(phone, { fileID: 'avatars/me.png', errMsg: 'uploadFile:ok' })
    await kit.control.delete('storage/files', { path: 'avatars/me.png' })
  })

  it('has size, type and content', async () => {
    const phone = await withPicture('oReader')
    await phone.button('文件信息').click()
    await said(phone, { width: 2, height: 1, type: 'png', size: PICTURE.length, bytes: 'iVBORw0K' })
  })
})

describe('cloud storage', () => {
  it('uploads a file as this user, shows it by id and by URL, and deletes it', async () => {
    const phone = await withPicture('oOwner')
    await phone.button('上传').click()
    await said(phone, { fileID: 'avatars/me.png', errMsg: 'uploadFile:ok' })
    expect(storedFile('avatars/me.png')).toMatchObject({ creator: 'oOwner', sizeBytes: PICTURE.length })
    await phone.panelButton('重新启动').click()
    await phone.text('个人资料').click()
    // A restart removes temporary files, not files of the cloud.
    await phone.button('没有的文件').click()
    await said(phone, { errMsg: 'uploadFile:fail file not found', errCode: -401002 })
    await phone.button('显示云文件').click()
    await expect.poll(() => widthShown(phone)).toBe(2)
    await phone.button('显示临时链接').click()
    await said(phone, 'ok')
    await expect.poll(() => widthShown(phone)).toBe(2)
    await phone.button('下载').click()
    await said(phone, { errMsg: 'downloadFile:ok', tempFilePath: 'tmp.png', statusCode: 200 })
    await expect.poll(() => widthShown(phone)).toBe(2)
    await phone.button('删除').click()
    await said(phone, [{ status: 0, errMsg: 'ok' }])
    await phone.button('删除').click()
    await said(phone, [{ status: -503003, errMsg: 'storage file not exists' }])
    await phone.button('下载').click()
    await said(phone, {
      errMsg: 'downloadFile:fail errCode: -503003 storage file not exists',
      errCode: -503003,
    })
  })

  it('works on a page that was opened as localhost', async () => {
    const phone = await kit.phone('oNeighbour')
    await phone.page.goto(phone.page.url().replace('127.0.0.1', 'localhost'))
    await phone.text('个人资料').click()
    await openSheet(phone)
    await chooseFile(phone)
    await expect.poll(() => widthShown(phone)).toBe(2)
    await phone.button('上传并看进度').click()
    await said(phone, { last: 100, errMsg: 'uploadFile:ok' })
    await kit.control.delete('storage/files', { path: 'avatars/task.png' })
    await phone.button('上传').click()
    await said(phone, { fileID: 'avatars/me.png', errMsg: 'uploadFile:ok' })
    for (const button of ['显示云文件', '显示临时链接']) {
      await phone.button(button).click()
      await expect.poll(() => widthShown(phone)).toBe(2)
    }
    await phone.button('删除').click()
    await said(phone, [{ status: 0, errMsg: 'ok' }])
  })

  it('rejects an upload to another user’s path', async () => {
    const uploaded = await new ClientFiles(kit, 'oSomebody').upload('avatars/theirs.png', 'theirs')
    const phone = await withPicture('oTaker')
    await phone.button('占用别人的路径').click()
    await said(phone, {
      errMsg:
        'uploadFile:fail errCode: -503002 storage permission denied | errMsg: the permission does not allow to write this file',
      errCode: -503002,
    })
    expect(await new ClientFiles(kit, 'oTaker').read(uploaded)).toBe('theirs')
  })

  it('rejects a file above the limit', async () => {
    const file = join(folder, 'large.png')
    // Still a valid picture: bytes after its end are ignored.
    writeFileSync(file, PICTURE)
    truncateSync(file, LIMITS.storage.clientFileBytes + 1)
    const phone = await open('oLarge')
    await openSheet(phone)
    await chooseFile(phone, file)
    await expect.poll(() => widthShown(phone)).toBe(2)
    await phone.button('上传').click()
    await said(phone, { errMsg: 'uploadFile:fail errCode: -403001 exceed max file size', errCode: -403001 })
    expect(storedFile('avatars/me.png')).not.toMatchObject({ creator: 'oLarge' })
  })

  it('reports the progress of an upload, and aborts one', async () => {
    const phone = await withPicture('oWatcher')
    await phone.button('上传并看进度').click()
    await said(phone, { last: 100, errMsg: 'uploadFile:ok' })
    await phone.button('上传并取消').click()
    await said(phone, { errMsg: 'uploadFile:fail abort' })
    expect(storedFile('avatars/never.png')).toBeUndefined()
  })

  it('fails offline for uploads, downloads and pictures', async () => {
    const phone = await withPicture('oOffline')
    await phone.button('上传').click()
    await said(phone, { fileID: 'avatars/me.png', errMsg: 'uploadFile:ok' })
    await phone.setting('断网').check()
    const failure = 'fail request:fail -2:net::ERR_INTERNET_DISCONNECTED'
    for (const [button, api] of [
      ['上传', 'uploadFile'],
      ['下载', 'downloadFile'],
    ] as const) {
      await phone.button(button).click()
      await said(phone, { errMsg: `${api}:${failure}`, errCode: -601001 })
    }
    await phone.button('显示云文件').click()
    await said(phone, 'image load fail: clou')
    await phone.setting('断网').uncheck()
    await phone.button('上传').click()
    await said(phone, { fileID: 'avatars/me.png', errMsg: 'uploadFile:ok' })
  })
})

describe('a nickname', () => {
  it('is filled in with the WeChat nickname by one tap, and submitted', async () => {
    const phone = await open('oNamed')
    const nickname = phone.top.getByRole('textbox', { name: '昵称' })
    await nickname.click()
    await phone.wechatButton('同意').click()
    await phone.page.getByRole('button', { name: '用微信昵称' }).click()
    await phone.button('保存').click()
    await said(phone, { nickname: '微信用户' })
    await nickname.fill('小明')
    await phone.button('保存').click()
    await said(phone, { nickname: '小明' })
  })

  it('that WeChat’s check rejects is removed before the form submits it', async () => {
    const phone = await open('oRude')
    const nickname = phone.top.getByRole('textbox', { name: '昵称' })
    await nickname.click()
    await phone.wechatButton('拒绝').click()
    await nickname.fill('违规的名字')
    await Promise.all([phone.toast('无法使用该昵称').waitFor(), nickname.blur()])
    await said(phone, { pass: false, timeout: false })
    expect(await nickname.inputValue()).toBe('')
    await nickname.fill('又是违规的名字')
    await phone.button('保存').click()
    await said(phone, { nickname: '' })
  })

  it('that changes during its check is checked when the field is left again', async () => {
    const phone = await open('oQuick')
    const nickname = phone.top.getByRole('textbox', { name: '昵称' })
    await nickname.click()
    await phone.wechatButton('同意').click()
    await nickname.dispatchEvent('blur')
    await nickname.fill('违规的')
    await phone.page.waitForTimeout(400)
    expect(await nickname.inputValue()).toBe('违规的')
    await nickname.blur()
    await said(phone, { pass: false, timeout: false })
    expect(await nickname.inputValue()).toBe('')
  })
})
