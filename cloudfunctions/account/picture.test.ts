import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ClientFiles } from 'wechat-cloud-emulator/testing'
import type { AvatarUploadData } from '../../contract/account.ts'
import { CloudKit, succeeded, verdict } from '../../test/support/cloud-kit.ts'
import { fileExists, PNG } from '../../test/support/storage-files.ts'
import { TestUser } from '../../test/support/test-user.ts'

let kit: CloudKit
let openid: string
let userId: string
let account: TestUser
let files: ClientFiles
let people = 0

beforeAll(async () => {
  kit = await CloudKit.start()
})
afterAll(() => kit.stop())
beforeEach(async () => {
  people += 1
  openid = `oPainter-${people}`
  const { token, userInfo } = await kit.loginWithCode(openid)
  userId = userInfo.id
  account = new TestUser(kit, openid, token)
  files = new ClientFiles(kit, openid)
})
afterEach(() => kit.cloud.faults.clear())

const HTML = '<html>'.padEnd(64)
const avatarOf = () => String(kit.users().find(({ _id }) => _id === userId)?.['avatar'])
const pathOf = (fileId: string) => fileId.split('/').slice(3).join('/')

/** As a phone uploads: the file is the person's own. */
async function upload(content: Uint8Array<ArrayBuffer> | string = new Uint8Array(PNG)): Promise<string> {
  const { cloudPath } = succeeded(await account.account<AvatarUploadData>('avatarUpload', { type: 'png' }))
  return files.upload(cloudPath, content)
}
async function setAvatar(): Promise<string> {
  return succeeded(await account.update({ avatar: await upload() })).userInfo.avatar
}

describe('an accepted picture', () => {
  it('is a file that only functions write: its owner can neither overwrite nor delete it', async () => {
    const uploaded = await upload()
    const avatar = succeeded(await account.update({ avatar: uploaded })).userInfo.avatar
    expect(avatarOf()).toBe(avatar)
    expect(kit.cloud.files.find(pathOf(avatar))).not.toHaveProperty('creator')
    expect(await files.ask(pathOf(avatar))).toMatchObject({ errCode: -503002 })
    expect((await files.delete(avatar)).fileList[0]?.status).toBe(-503002)
    expect(Buffer.from(await files.read(avatar), 'latin1').length).toBeGreaterThan(0)
    expect(fileExists(kit, uploaded)).toBe(false)
  })

  it('is not changed by a later upload to the same path', async () => {
    const { cloudPath } = succeeded(await account.account<AvatarUploadData>('avatarUpload', { type: 'png' }))
    const upload = await files.ask(cloudPath)
    if ('errCode' in upload) throw new Error(upload.errMsg)
    await files.put(upload, new Uint8Array(PNG))
    const avatar = succeeded(await account.update({ avatar: upload.fileID })).userInfo.avatar
    await files.put(upload, HTML)
    expect(avatarOf()).toBe(avatar)
    expect((await files.read(avatar)).startsWith('<html')).toBe(false)
  })

  it('has the bytes that were checked, even if the upload is replaced meanwhile', async () => {
    const uploaded = await upload()
    const replaced = kit.cloud.files.find(pathOf(uploaded))
    kit.cloud.faults.add({
      action: 'database.insertDocument',
      target: 'avatars',
      answer: { kind: 'slow', milliseconds: 300 },
      times: 1,
    })
    const updating = account.update({ avatar: uploaded })
    await new Promise((resolve) => setTimeout(resolve, 150))
    await files.upload(pathOf(uploaded), HTML)
    expect(kit.cloud.files.find(pathOf(uploaded))).not.toEqual(replaced)
    const avatar = succeeded(await updating).userInfo.avatar
    expect((await files.read(avatar)).startsWith('<html')).toBe(false)
  })

  it('is accepted again when the client repeats a call whose answer it lost', async () => {
    const uploaded = await upload()
    const avatar = succeeded(await account.update({ avatar: uploaded })).userInfo.avatar
    expect(succeeded(await account.update({ avatar: uploaded })).userInfo.avatar).toBe(avatar)
    const nickname = '小红'
    expect(succeeded(await account.update({ avatar: uploaded, nickname })).userInfo).toMatchObject({
      avatar,
      nickname,
    })
    expect(avatarOf()).toBe(avatar)
    const other = await setAvatar()
    expect(verdict(await account.update({ avatar: uploaded }))).toBe('400 AVATAR_INVALID')
    expect(avatarOf()).toBe(other)
  })
})

it('a stored picture is rejected as an upload', async () => {
  const avatar = await setAvatar()
  expect(verdict(await account.update({ avatar }))).toBe('400 AVATAR_INVALID')
  succeeded(await account.update({ avatar: '' }))
  expect(verdict(await account.update({ avatar }))).toBe('400 AVATAR_INVALID')
})

it('several concurrent changes, a removal among them, leave at most one file', async () => {
  await setAvatar()
  const uploads = [await upload(), await upload()]
  const answers = await Promise.all([...uploads, ''].map((avatar) => account.update({ avatar })))
  for (const answer of answers) expect(verdict(answer)).toMatch(/^(200|503)/)
  await kit.control.post('clock', { advanceSeconds: 3 * 60 * 60 })
  await kit.control.post('timer', { function: 'cleanup' })
  const left = kit.documents('avatars').filter((row) => row['userId'] === userId)
  expect(left.map(({ fileId }) => fileId)).toEqual(avatarOf() === '' ? [] : [avatarOf()])
  for (const uploaded of uploads) expect(fileExists(kit, uploaded)).toBe(false)
})

it('a picture that an import gave to many users is not deleted when one of them changes theirs', async () => {
  const other = new ClientFiles(kit, 'oImporter')
  const shared = await other.upload(`defaults/${people}.png`, new Uint8Array(PNG))
  const user = kit.users().find(({ _id }) => _id === userId)
  kit.cloud.database.putDocument('users', { ...user, avatar: shared })
  await setAvatar()
  expect(fileExists(kit, shared)).toBe(true)
  kit.cloud.database.putDocument('users', { ...user, avatar: shared })
  succeeded(await account.account('close', { confirmed: true }))
  expect(fileExists(kit, shared)).toBe(true)
})

it('a picture of another user, assigned by hand, is not deleted when the user changes it', async () => {
  const avatar = await setAvatar()
  const other = await kit.loginWithCode(`${openid}-other`)
  const user = kit.users().find(({ _id }) => _id === other.userInfo.id)
  kit.cloud.database.putDocument('users', { ...user, avatar })
  succeeded(await new TestUser(kit, `${openid}-other`, other.token).update({ avatar: '' }))
  expect(fileExists(kit, avatar)).toBe(true)
  expect(avatarOf()).toBe(avatar)
})
