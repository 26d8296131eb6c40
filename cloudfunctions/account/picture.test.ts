import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AvatarUploadData } from '../../contract/account.ts'
import { AccountKit, fileExists, PNG } from '../../test/account-kit.ts'
import { ClientFiles } from '../../test/client-files.ts'
import { CloudKit, succeeded, verdict } from '../../test/cloud-kit.ts'

let kit: CloudKit
let openid: string
let userId: string
let account: AccountKit
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
  account = new AccountKit(kit, openid, token)
  files = new ClientFiles(kit, openid)
})
afterEach(() => kit.cloud.faults.clear())

const HTML = '<html>'.padEnd(64)
const avatarOf = () => String(kit.users().find(({ _id }) => _id === userId)?.['avatar'])
const pathOf = (fileId: string) => fileId.split('/').slice(3).join('/')

/** As a phone uploads: the file is the person's own. */
async function upload(content: Uint8Array<ArrayBuffer> | string = new Uint8Array(PNG)): Promise<string> {
  const { cloudPath } = succeeded(await account.call<AvatarUploadData>('avatarUpload', { type: 'png' }))
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

  it('is not changed by what its owner uploads to the place of the upload afterwards', async () => {
    const { cloudPath } = succeeded(await account.call<AvatarUploadData>('avatarUpload', { type: 'png' }))
    const place = await files.ask(cloudPath)
    if ('errCode' in place) throw new Error(place.errMsg)
    await files.put(place, new Uint8Array(PNG))
    const avatar = succeeded(await account.update({ avatar: place.fileID })).userInfo.avatar
    await files.put(place, HTML)
    expect(avatarOf()).toBe(avatar)
    expect((await files.read(avatar)).startsWith('<html')).toBe(false)
  })

  it('is the very bytes that were checked, though the upload is replaced meanwhile', async () => {
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

  it('that is asked for once more, since the answer was lost, is the picture already', async () => {
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

it('a stored picture is no upload: it becomes nobody’s picture a second time', async () => {
  const avatar = await setAvatar()
  expect(verdict(await account.update({ avatar }))).toBe('400 AVATAR_INVALID')
  succeeded(await account.update({ avatar: '' }))
  expect(verdict(await account.update({ avatar }))).toBe('400 AVATAR_INVALID')
})

it('several changes at once, and a removal among them, leave one file or none', async () => {
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

it('a picture that an import gave to many people is not deleted by one who changes theirs', async () => {
  const other = new ClientFiles(kit, 'oImporter')
  const shared = await other.upload(`defaults/${people}.png`, new Uint8Array(PNG))
  const user = kit.users().find(({ _id }) => _id === userId)
  kit.cloud.database.putDocument('users', { ...user, avatar: shared })
  await setAvatar()
  expect(fileExists(kit, shared)).toBe(true)
  kit.cloud.database.putDocument('users', { ...user, avatar: shared })
  succeeded(await account.call('close', { confirmed: true }))
  expect(fileExists(kit, shared)).toBe(true)
})

it('a picture of somebody else, moved to another user by hand, is not deleted when that one changes theirs', async () => {
  const avatar = await setAvatar()
  const other = await kit.loginWithCode(`${openid}-other`)
  const user = kit.users().find(({ _id }) => _id === other.userInfo.id)
  kit.cloud.database.putDocument('users', { ...user, avatar })
  succeeded(await new AccountKit(kit, `${openid}-other`, other.token).update({ avatar: '' }))
  expect(fileExists(kit, avatar)).toBe(true)
  expect(avatarOf()).toBe(avatar)
})
