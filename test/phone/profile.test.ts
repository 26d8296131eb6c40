import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LIMITS } from '../../emulator/cloud/limits.ts'
import { projectPath } from '../../scripts/project.ts'
import { ClientFiles } from '../client-files.ts'
import type { Phone } from './phone.ts'
import { PhoneKit } from './phone-kit.ts'

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
  kit = await PhoneKit.start(projectPath('test/fixtures-miniprogram'))
})
afterEach(() => kit.finish())
afterAll(async () => {
  await kit.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function open(openid: string): Promise<Phone> {
  const phone = await kit.phone(openid)
  await phone.text('个人资料').click()
  return phone
}

const said = (phone: Phone, what: unknown) =>
  expect.poll(() => phone.top.locator('.log').textContent()).toBe(JSON.stringify(what))

const widthShown = (phone: Phone) =>
  phone.top
    .getByRole('img', { name: '头像' })
    .locator('img')
    .evaluate((img) => img.naturalWidth)

/** Past consent, to the sheet. */
async function openSheet(phone: Phone): Promise<void> {
  await phone.button('换头像').click()
  await phone.wechatButton('同意').click()
  await phone.wechatButton('用微信头像').waitFor()
}

async function chooseFile(phone: Phone, file: ChosenFile = MINE) {
  const [chooser] = await Promise.all([
    phone.page.waitForEvent('filechooser'),
    phone.page.locator('.overlay').getByRole('button', { name: '从相册选择' }).click(),
  ])
  await chooser.setFiles(file)
}

/** A phone with a chosen picture of two pixels. */
async function withPicture(openid: string): Promise<Phone> {
  const phone = await open(openid)
  await openSheet(phone)
  await chooseFile(phone)
  await expect.poll(() => widthShown(phone)).toBe(2)
  return phone
}

const storedFile = (path: string) => kit.cloud.cloud.files.find(path)

describe('an avatar', () => {
  it('is WeChat’s own, or a file of this computer, or none after 取消', async () => {
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

  it('is not asked for, and nothing is wrong, when the privacy guide is refused', async () => {
    const phone = await open('oRefuser')
    await phone.button('换头像').click()
    await phone.wechatButton('拒绝').click()
    await phone.page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await widthShown(phone)).toBe(0)
  })

  it.each([
    ['what is no picture', { name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('text') }],
    ['what WeChat does not allow', { name: '违规.png', mimeType: 'image/png', buffer: PICTURE }],
  ])('is not taken from %s', async (_what, file) => {
    const phone = await open('oRisky')
    await openSheet(phone)
    await chooseFile(phone, file)
    await phone.toast('无法使用该头像').waitFor()
    expect(await widthShown(phone)).toBe(0)
    await phone.panelButton('清除数据并重启').click()
  })

  it('can still be shown and stored on another page', async () => {
    const phone = await withPicture('oMoving')
    await phone.back()
    await phone.text('个人资料').click()
    await expect.poll(() => widthShown(phone)).toBe(2)
    await phone.button('再开一页').click()
    await phone.button('上传').click()
    await said(phone, { fileID: 'avatars/me.png', errMsg: 'uploadFile:ok' })
    await kit.cloud.control.post('storage/files', { path: 'avatars/me.png' }, 'DELETE')
  })

  it('tells its size and its bytes', async () => {
    const phone = await withPicture('oReader')
    await phone.button('文件信息').click()
    await said(phone, { width: 2, height: 1, type: 'png', size: PICTURE.length, bytes: 'iVBORw0K' })
  })
})

describe('cloud storage', () => {
  it('keeps a file as this person’s, shows it by its id and by its URL, and deletes it', async () => {
    const phone = await withPicture('oOwner')
    await phone.button('上传').click()
    await said(phone, { fileID: 'avatars/me.png', errMsg: 'uploadFile:ok' })
    expect(storedFile('avatars/me.png')).toMatchObject({ creator: 'oOwner', sizeBytes: PICTURE.length })
    await phone.panelButton('重新启动').click()
    await phone.text('个人资料').click()
    // Temporary files are gone; the cloud's are not.
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

  it('is reached from a page that was opened as localhost', async () => {
    const phone = await kit.phone('oNeighbour')
    await phone.page.goto(phone.page.url().replace('127.0.0.1', 'localhost'))
    await phone.text('个人资料').click()
    await openSheet(phone)
    await chooseFile(phone)
    await expect.poll(() => widthShown(phone)).toBe(2)
    await phone.button('上传并看进度').click()
    await said(phone, { last: 100, errMsg: 'uploadFile:ok' })
    await kit.cloud.control.post('storage/files', { path: 'avatars/task.png' }, 'DELETE')
    await phone.button('上传').click()
    await said(phone, { fileID: 'avatars/me.png', errMsg: 'uploadFile:ok' })
    for (const button of ['显示云文件', '显示临时链接']) {
      await phone.button(button).click()
      await expect.poll(() => widthShown(phone)).toBe(2)
    }
    await phone.button('删除').click()
    await said(phone, [{ status: 0, errMsg: 'ok' }])
  })

  it('refuses a path that is somebody else’s', async () => {
    const theirs = await new ClientFiles(kit.cloud, 'oSomebody').upload('avatars/theirs.png', 'theirs')
    const phone = await withPicture('oTaker')
    await phone.button('占用别人的路径').click()
    await said(phone, {
      errMsg:
        'uploadFile:fail errCode: -503002 storage permission denied | errMsg: only its creator may write this file',
      errCode: -503002,
    })
    expect(await new ClientFiles(kit.cloud, 'oTaker').read(theirs)).toBe('theirs')
  })

  it('takes no file above its limit', async () => {
    const file = join(folder, 'large.png')
    // A picture all the same: what stands behind its end is not looked at.
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

  it('tells how far an upload is, and ends it when told to', async () => {
    const phone = await withPicture('oWatcher')
    await phone.button('上传并看进度').click()
    await said(phone, { last: 100, errMsg: 'uploadFile:ok' })
    await phone.button('上传并取消').click()
    await said(phone, { errMsg: 'uploadFile:fail abort' })
    expect(storedFile('avatars/never.png')).toBeUndefined()
  })

  it('cannot be reached offline, by uploads, downloads and pictures', async () => {
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
  it('is WeChat’s by one tap, and the form submits it', async () => {
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

  it('that WeChat does not allow is taken out, before the form submits it', async () => {
    const phone = await open('oRude')
    const nickname = phone.top.getByRole('textbox', { name: '昵称' })
    await nickname.click()
    await phone.wechatButton('拒绝').click()
    await nickname.fill('违规的名字')
    await nickname.blur()
    await phone.toast('无法使用该昵称').waitFor()
    await said(phone, { pass: false, timeout: false })
    expect(await nickname.inputValue()).toBe('')
    await nickname.fill('又是违规的名字')
    await phone.button('保存').click()
    await said(phone, { nickname: '' })
  })
})
