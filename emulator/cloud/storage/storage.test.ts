import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'

let kit: FixtureCloud

beforeAll(async () => {
  kit = await FixtureCloud.start()
})
afterAll(() => kit.stop())

interface Stored {
  fileID: string
  urls: { fileList: { tempFileURL: string; status: number }[] }
  text: string
}

const probe = async (event: object) => (await kit.invoke('probe', 'oAlice', event)).result
const store = async (path: string, text: string) => (await probe({ do: 'storage', path, text })) as Stored

describe('a file', () => {
  it.each(['avatars/a.png', '头像/小明 1.png', 'a|b测试.jpeg', 'q?u#e%20.txt'])(
    '%s comes back as it was put',
    async (path) => {
      const { fileID, text } = await store(path, `bytes of ${path}`)
      expect(fileID.startsWith('cloud://local-cloud.')).toBe(true)
      expect(fileID.endsWith(`/${path}`)).toBe(true)
      expect(text).toBe(`bytes of ${path}`)
    },
  )

  it('put again at the same path is replaced under the same id', async () => {
    const first = await store('a/same.txt', 'old')
    const second = await store('a/same.txt', 'new')
    expect(second).toMatchObject({ fileID: first.fileID, text: 'new' })
    expect(kit.cloud.files.list().filter((file) => file.path === 'a/same.txt')).toHaveLength(1)
  })

  it('is fetched by its temporary URL, which cannot be changed and ends', async () => {
    const { urls } = await store('b/page.html', '<script>alert(1)</script>')
    const url = urls.fileList[0]?.tempFileURL ?? ''
    const response = await fetch(url)
    expect(await response.text()).toBe('<script>alert(1)</script>')
    expect(response.headers.get('content-security-policy')).toContain('sandbox')
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect((await fetch(url.replace(/t=\d+/, 't=9999999999'))).status).toBe(403)
    expect((await fetch(url.replace(/sign=./, 'sign=_'))).status).toBe(403)
    await kit.control.post('clock', { advanceSeconds: 601 })
    expect((await fetch(url)).status).toBe(403)
  })

  it('that is deleted is gone', async () => {
    const { fileID } = await store('c/gone.txt', 'text')
    expect(await probe({ do: 'deleteFile', list: [fileID, fileID] })).toMatchObject({
      fileList: [
        { fileID, status: 0 },
        { fileID, status: -503003 },
      ],
    })
    expect(await probe({ do: 'downloadFile', fileID })).toMatchObject({ code: 'STORAGE_FILE_NONEXIST' })
  })

  it('that never was is not found', async () => {
    const fileID = 'cloud://other.bucket/x.txt'
    expect(await probe({ do: 'downloadFile', fileID })).toMatchObject({ code: 'STORAGE_FILE_NONEXIST' })
    expect(await probe({ do: 'downloadFile', fileID: 'text' })).toMatchObject({
      code: 'STORAGE_FILE_NONEXIST',
    })
  })

  it('of more than fifty in one request are refused', async () => {
    const list = Array.from({ length: 51 }, (_, number) => `cloud://x/${number}`)
    expect(await probe({ do: 'deleteFile', list })).toMatchObject({ code: 'INVALID_PARAM' })
  })

  it.each(['/absolute', 'a/../b', 'a//b', 'dir/', 'x'.repeat(900)])(
    'at the path %s is refused',
    async (path) => {
      expect(await probe({ do: 'uploadFile', path })).toMatchObject({ code: 'STORAGE_REQUEST_FAIL' })
    },
  )
})

describe('the file address', () => {
  it('takes no upload without the signature it was given out with', async () => {
    const { url } = kit.cloud.storage.uploadMetadata('d/forged.txt')
    const response = await fetch(url, { method: 'PUT', body: 'x', headers: { authorization: 'forged' } })
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('<Code>SignatureDoesNotMatch</Code>')
    expect(kit.cloud.files.find('d/forged.txt')).toBeUndefined()
  })

  it('takes no upload for another path than it was signed for', async () => {
    const { authorization, token } = kit.cloud.storage.uploadMetadata('d/mine.txt')
    const { url } = kit.cloud.storage.uploadMetadata('d/theirs.txt')
    const headers = { authorization, 'x-cos-security-token': token }
    expect((await fetch(url, { method: 'PUT', body: 'x', headers })).status).toBe(403)
  })
})
