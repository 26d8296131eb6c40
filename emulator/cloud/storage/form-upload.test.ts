import { afterAll, beforeAll, expect, it } from 'vitest'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'

let kit: FixtureCloud

beforeAll(async () => {
  kit = await FixtureCloud.start()
})
afterAll(() => kit.stop())

/** The form of the SDK from 2.3 to 3.0, field by field in its order. */
function form(path: string, content: Buffer | string, change: Record<string, string> = {}) {
  const { url, token, authorization, cosFileId } = kit.cloud.storage.uploadMetadata(path)
  const fields = {
    Signature: authorization,
    'x-cos-security-token': token,
    'x-cos-meta-fileid': cosFileId,
    key: path,
    ...change,
  }
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  body.append('file', new Blob([content]), 'file')
  return { url, body }
}

const send = ({ url, body }: { url: string; body: FormData }) => fetch(url, { method: 'POST', body })
const paths = () => kit.cloud.files.list().map((file) => file.path)

async function download(path: string): Promise<Buffer> {
  const [entry] = kit.cloud.storage.urls([kit.cloud.storage.fileId(path)])
  return Buffer.from(await (await fetch(entry?.tempFileURL ?? '')).arrayBuffer())
}

it.each(['a/plain.txt', '头像/小明 1.png'])(
  'a form uploads %s, which comes back as it was put',
  async (path) => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 256))
    const response = await send(form(path, bytes))
    expect(response.ok).toBe(true)
    expect(await response.text()).toBe('')
    expect((await download(path)).equals(bytes)).toBe(true)
  },
)

it('a part without a file name is taken, as the SDK sends a Buffer', async () => {
  const { url, token, authorization } = kit.cloud.storage.uploadMetadata('b/buffer.bin')
  const part = (name: string, value: string, type = '') =>
    `--X\r\nContent-Disposition: form-data; name="${name}"\r\n${type}\r\n${value}\r\n`
  const body =
    part('Signature', authorization) +
    part('x-cos-security-token', token) +
    part('key', 'b/buffer.bin') +
    part('file', 'bytes', 'Content-Type: application/octet-stream\r\n') +
    '--X--\r\n'
  const headers = { 'content-type': 'multipart/form-data; boundary=X' }
  expect((await fetch(url, { method: 'POST', headers, body })).ok).toBe(true)
  expect((await download('b/buffer.bin')).toString()).toBe('bytes')
})

it('an empty file is a file', async () => {
  expect((await send(form('b/empty.txt', ''))).ok).toBe(true)
  expect(await download('b/empty.txt')).toHaveLength(0)
})

it.each([
  ['a changed signature', { Signature: '0'.repeat(64) }, 403, 'SignatureDoesNotMatch'],
  ['a changed token', { 'x-cos-security-token': 'e30' }, 403, 'SignatureDoesNotMatch'],
  ['another key', { key: 'c/other.txt' }, 400, 'MalformedPOSTRequest'],
])('%s is refused as XML, and nothing is kept', async (_name, change, status, code) => {
  const response = await send(form('c/refused.txt', 'text', change))
  expect(response.status).toBe(status)
  expect(await response.text()).toContain(`<Code>${code}</Code>`)
  expect(paths()).not.toContain('c/refused.txt')
  expect(paths()).not.toContain('c/other.txt')
})

it.each([
  ['no form at all', 'text/plain', 'text'],
  ['a form without a boundary', 'multipart/form-data', 'text'],
  ['a form without a file', 'multipart/form-data; boundary=X', '--X--\r\n'],
  ['a form cut short', 'multipart/form-data; boundary=X', '--X\r\nContent-Disposition: form'],
])('%s is refused', async (_name, type, body) => {
  const { url } = kit.cloud.storage.uploadMetadata('c/none.txt')
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body })
  expect(response.status).toBe(400)
  expect(paths()).not.toContain('c/none.txt')
})
