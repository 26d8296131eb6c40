import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readExport } from './export-file.ts'

const directory = mkdtempSync(join(tmpdir(), 'export-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

async function read(content: string | Buffer): Promise<[line: number, document: object][]> {
  const file = join(directory, 'export')
  writeFileSync(file, content)
  const documents: [number, object][] = []
  for await (const { line, document } of readExport(file)) documents.push([line, document])
  return documents
}

describe('an export', () => {
  const at = new Date('2018-08-31T17:30:00.882Z')
  const first = { _id: '5f0000000000000000000001', n: 1, at }
  const json =
    '"_id":{"$oid":"5f0000000000000000000001"},"n":{"$numberInt":"1"},"at":{"$date":"2018-08-31T17:30:00.882Z"}'
  it.each<[string, string, [number, object][]]>([
    [
      'one document a line',
      `{${json}}\n{"_id":"b"}\n`,
      [
        [1, first],
        [2, { _id: 'b' }],
      ],
    ],
    [
      'documents over several lines',
      `{\n${json}\n}\n\n{"_id":"b"}`,
      [
        [1, first],
        [5, { _id: 'b' }],
      ],
    ],
    [
      'an array',
      `[\n{${json}},\n{"_id":"b"}]`,
      [
        [2, first],
        [3, { _id: 'b' }],
      ],
    ],
    ['a byte order mark', '\ufeff{"_id":"b"}', [[1, { _id: 'b' }]]],
    [
      'CSV with quotes, a line break and an empty line',
      '_id,name,at\r\na,"小, ""明""\n","{""$date"":""2018-08-31T17:30:00.882Z""}"\r\n\r\nObjectId(5f0000000000000000000001),,\r\n',
      [
        [2, { _id: 'a', name: '小, "明"\n', at }],
        [5, { _id: '5f0000000000000000000001', name: '', at: '' }],
      ],
    ],
  ])('is read: %s', async (_, content, expected) => {
    expect(await read(content)).toEqual(expected)
  })
})

describe('a malformed export is refused with its line, and none of its text', () => {
  it.each<[string, string | Buffer, RegExp]>([
    ['an empty file', ' \n', /line 1: the file is empty/],
    [
      'half a document',
      '{"a":1}\n{"phone":"13800138000"',
      /line 2: the document that begins here does not end/,
    ],
    ['no JSON', '{"a":1}\n{"phone":13800138000x}', /line 2: not JSON$/],
    ['a text between documents', '{"a":1}\n13800138000', /line 2: not a document/],
    ['an array that does not end', '[{"a":1},', /line 1: the file ends too early/],
    ['a comma too many', '[{"a":1},,{"a":2}]', /line 1: not JSON$/],
    [
      'a quote that does not end',
      'a,b\n1,"13800138000\n',
      /line 2: a quoted cell that begins here does not end/,
    ],
    ['a quote inside of a cell', 'a,b\n1,x"y\n', /line 2: a quote inside/],
    ['a row with another number of columns', 'a,b\n1,2\n1,2,3\n', /line 3: 3 columns, and the header has 2/],
    ['GBK', Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0xd5, 0xc5, 0x2c, 0x0a]), /line 1: not UTF-8/],
  ])('%s', async (_, content, message) => {
    const refusal = await read(content).catch((error: Error) => error.message)
    expect(refusal).toMatch(message)
    expect(refusal).not.toContain('13800138000')
  })
})
