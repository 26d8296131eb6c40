import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { loadConfig } from './load-config.ts'

const folder = mkdtempSync(join(tmpdir(), 'config-'))
afterAll(() => rmSync(folder, { recursive: true }))

const load = (operations: object) => {
  writeFileSync(join(folder, 'emulator.config.json'), JSON.stringify({ operations }))
  return loadConfig({ projectDirectory: folder, dataDirectory: folder })
}
const LIST = { id: 'list', name: '列表', function: 'orders' }
const REFUND = {
  id: 'refund',
  name: '退款',
  function: 'orders',
  fields: [{ name: 'orderId', label: '订单' }],
  subject: { field: 'orderId' },
}
const TABLE = { kind: 'table', title: '订单', path: 'orders', columns: [] }

it('takes operations that fit together', async () => {
  const result = [{ ...TABLE, key: '_id', operations: ['refund'], opens: 'refund' }]
  const operations = { title: '订单', operations: [{ ...LIST, result }, REFUND] }
  expect((await load(operations)).config.operations).toEqual(operations)
})

it.each([
  [[LIST, LIST], 'operations: list 有两个'],
  [[{ ...REFUND, subject: { field: 'id' } }], 'operations: refund: subject.field id 不在 fields 里'],
  [
    [{ ...LIST, result: [{ ...TABLE, operations: ['refund'] }] }, REFUND],
    'operations: list: refund 需要 key',
  ],
  [
    [{ ...LIST, result: [{ ...TABLE, key: '_id', opens: 'none' }] }],
    'operations: list: none 不是带 subject 的操作',
  ],
  [[{ ...LIST, id: 'a/b' }], 'operations.operations.0.id: '],
  [
    [{ ...LIST, fields: [{ name: 'a', label: 'a', pattern: '(' }] }],
    'operations.operations.0.fields.0.pattern: ',
  ],
  [[{ ...LIST, result: [{ kind: 'pie' }] }], 'operations.operations.0.result.0.kind: '],
])('refuses a mistake with its place: %j', async (operations, message) => {
  await expect(load({ operations })).rejects.toThrow(message)
})
