import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ClientFiles } from '../../testing/client-files.ts'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'
import { startCloud } from '../cloud.ts'
import { LIMITS } from '../limits.ts'

let kit: FixtureCloud
let alice: ClientFiles
let bob: ClientFiles

beforeAll(async () => {
  kit = await FixtureCloud.start()
  alice = new ClientFiles(kit, 'oAlice')
  bob = new ClientFiles(kit, 'oBob')
})
afterAll(() => kit.stop())

const probe = async (event: object) => (await kit.invoke('probe', 'oAlice', event)).result
const stored = (path: string) => kit.cloud.files.find(path)

/** The upload target for a client; the test fails if the cloud refuses one. */
async function targetFor(client: ClientFiles, path: string) {
  const target = await client.ask(path)
  if ('errCode' in target) throw new Error(target.errMsg)
  return target
}

describe('a file of a person', () => {
  it('is read by everybody, functions too', async () => {
    const fileID = await alice.upload('avatars/头像 1.png', 'of Alice')
    expect(fileID).toMatch(/^cloud:\/\/local-cloud\..+\/avatars\/头像 1\.png$/)
    expect(await bob.read(fileID)).toBe('of Alice')
    expect(await probe({ do: 'readFile', fileID })).toBe('of Alice')
    expect(stored('avatars/头像 1.png')).toMatchObject({ creator: 'oAlice', sizeBytes: 8 })
  })

  it('is overwritten by its creator alone', async () => {
    const fileID = await alice.upload('avatars/mine.png', 'old')
    expect(await alice.upload('avatars/mine.png', 'new')).toBe(fileID)
    expect(await bob.ask('avatars/mine.png')).toMatchObject({ errCode: -503002 })
    expect(await bob.read(fileID)).toBe('new')
  })

  it('is deleted by its creator alone', async () => {
    const fileID = await alice.upload('avatars/gone.png', 'x')
    expect((await bob.delete(fileID)).fileList).toEqual([
      { fileID, status: -503002, errMsg: 'storage permission denied' },
    ])
    expect(stored('avatars/gone.png')).toBeDefined()
    expect((await alice.delete(fileID, fileID)).fileList).toEqual([
      { fileID, status: 0, errMsg: 'ok' },
      { fileID, status: -503003, errMsg: 'storage file not exists' },
    ])
    expect((await alice.urls(fileID)).fileList).toMatchObject([{ fileID, status: -503003, tempFileURL: '' }])
  })

  it('asked for by two, belongs to the one whose bytes came first', async () => {
    const [first, second] = [await targetFor(alice, 'race.png'), await targetFor(bob, 'race.png')]
    expect((await alice.put(first, 'of Alice')).status).toBe(200)
    const refused = await bob.put(second, 'of Bob')
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('<Code>AccessDenied</Code>')
    expect(await alice.read(first.fileID)).toBe('of Alice')
  })

  it('is the administrator’s once a function has written it', async () => {
    const fileID = await alice.upload('avatars/checked.png', 'x')
    await probe({ do: 'storage', path: 'avatars/checked.png', text: 'by a function' })
    expect((await alice.delete(fileID)).fileList[0]?.status).toBe(-503002)
    expect(await alice.read(fileID)).toBe('by a function')
  })

  it('is still theirs after the cloud was closed and opened', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'cloud-'))
    const open = () => startCloud({ dataDirectory: directory, functionsDirectory: kit.functionsDirectory })
    let cloud = await open()
    await cloud.files.write({ path: 'kept.png', creator: 'oAlice', maximumBytes: 10 }, Readable.from(['x']))
    await cloud.close()
    cloud = await open()
    const fileID = cloud.storage.fileId('kept.png')
    expect(cloud.clientStorage.delete('oBob', [fileID])).toMatchObject({ fileList: [{ status: -503002 }] })
    expect(cloud.clientStorage.delete('oAlice', [fileID])).toMatchObject({ fileList: [{ status: 0 }] })
    await cloud.close()
    rmSync(directory, { recursive: true, force: true })
  })
})

describe('a file of a function', () => {
  it('is read by everybody, overwritten and deleted by no client', async () => {
    const { fileID } = (await probe({ do: 'storage', path: 'banner.png', text: 'banner' })) as {
      fileID: string
    }
    expect(stored('banner.png')).not.toHaveProperty('creator')
    expect(await bob.read(fileID)).toBe('banner')
    expect(await alice.ask('banner.png')).toMatchObject({ errCode: -503002 })
    expect((await alice.delete(fileID)).fileList[0]?.status).toBe(-503002)
    expect(await bob.read(fileID)).toBe('banner')
  })

  it('can be a person’s: functions may delete everything', async () => {
    const fileID = await alice.upload('avatars/removed.png', 'x')
    expect(await probe({ do: 'deleteFile', list: [fileID] })).toMatchObject({ fileList: [{ status: 0 }] })
    expect(stored('avatars/removed.png')).toBeUndefined()
  })
})

describe('what is refused', () => {
  it.each(['/absolute', 'a/../b', 'a//b', 'dir/', 'x'.repeat(LIMITS.storage.pathBytes + 1)])(
    'the path %s',
    async (path) => expect(await alice.ask(path)).toMatchObject({ errCode: -503001 }),
  )

  it.each(['', 7, null])('%j in place of a path', async (path) => {
    expect(await alice.ask(path)).toMatchObject({ errCode: -501007 })
  })

  it('a file above the limit, and the stored file stays', async () => {
    const fileID = await alice.upload('large.png', 'small')
    const target = await targetFor(alice, 'large.png')
    const refused = await alice.put(target, new Uint8Array(LIMITS.storage.clientFileBytes + 1))
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain('<Code>EntityTooLarge</Code>')
    expect(await alice.read(fileID)).toBe('small')
  })

  it('a file above the limit that does not say its size, and the stored file stays', async () => {
    const fileID = await alice.upload('endless.png', 'small')
    const { url, headers } = await targetFor(alice, 'endless.png')
    // The connection is cut once it is too much, so that the answer may or may not be heard.
    const end = await new Promise<number | undefined>((resolve) => {
      const put = request(url, { method: 'PUT', headers }, ({ statusCode }) => resolve(statusCode))
      put.on('error', () => resolve(undefined))
      put.write(new Uint8Array(LIMITS.storage.clientFileBytes))
      put.end('x')
    })
    expect(end).not.toBe(200)
    expect(await alice.read(fileID)).toBe('small')
  })

  it('more than fifty files at once, none, and what is no file', async () => {
    const many = Array.from(
      { length: LIMITS.storage.filesPerRequest + 1 },
      (_, number) => `cloud://x/${number}`,
    )
    for (const list of [many, [], [7]]) {
      expect(await alice.urls(...list)).toMatchObject({ errCode: -501007 })
      expect(await alice.delete(...list)).toMatchObject({ errCode: -501007 })
    }
  })

  it('a request without a person', async () => {
    await expect(kit.control.request('POST', 'storage/upload', { cloudPath: 'a.png' })).rejects.toThrow(
      'openid',
    )
    await expect(kit.control.post('storage/delete', { openid: '', fileList: [] })).rejects.toThrow('openid')
  })

  it('an upload signed for one person, under another’s name', async () => {
    const { url, headers } = await targetFor(alice, 'signed.png')
    const { headers: ofBob } = await targetFor(bob, 'signed.png')
    const token = ofBob['x-cos-security-token'] ?? ''
    const forged = { url, fileID: '', headers: { ...headers, 'x-cos-security-token': token } }
    expect((await alice.put(forged, 'x')).status).toBe(403)
    expect(stored('signed.png')).toBeUndefined()
  })
})

describe('the console', () => {
  it('sees who made what, and deletes anything', async () => {
    const fileID = await alice.upload('seen.txt', 'text')
    const list = () => kit.control.get('storage/files')
    const file = (await list()).files.find(({ path }) => path === 'seen.txt')
    expect(file).toMatchObject({ fileID, creator: 'oAlice', sizeBytes: 4 })
    expect(await (await fetch(file?.url ?? '')).text()).toBe('text')
    await kit.control.delete('storage/files', { path: 'seen.txt' })
    expect((await list()).files.some(({ path }) => path === 'seen.txt')).toBe(false)
    await expect(kit.control.delete('storage/files', { path: 'seen.txt' })).rejects.toThrow('no such file')
  })

  it('a temporary URL lives as long as was asked for', async () => {
    const fileID = await alice.upload('long.txt', 'text')
    const url = (await alice.urls({ fileID, maxAge: 3600 })).fileList[0]?.tempFileURL ?? ''
    await kit.control.post('clock', { advanceSeconds: 3599 })
    expect((await fetch(url)).status).toBe(200)
    await kit.control.post('clock', { advanceSeconds: 1 })
    expect((await fetch(url)).status).toBe(403)
    await kit.control.post('clock', { reset: true })
  })
})
