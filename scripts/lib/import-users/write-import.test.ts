import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { fieldNames } from '../../../cloudfunctions/shared/import/field-names.ts'
import { readKeys } from '../admin/local-keys.ts'
import { planImport } from './import-plan.ts'
import { LOCAL_APPID } from './local-appid.ts'
import { writeImport } from './write-import.ts'

const out = mkdtempSync(join(tmpdir(), 'write-import-'))
afterAll(() => rmSync(out, { recursive: true, force: true }))

it('a person with two documents on one line of the file is written once, from the newer one', async () => {
  const person = { _openid: 'oAbCdEfGhIjKlMnOpQrStUvWxYz1', phone: '13800138000' }
  const documents = [
    { ...person, _id: 'old', nickname: '旧', createTime: '2023-05-01 08:30:00' },
    { ...person, _id: 'new', nickname: '新', createTime: '2024-05-01 08:30:00' },
    { ...person, _id: 'oldest', nickname: '更旧', createTime: '2022-05-01 08:30:00' },
  ]
  const file = join(out, 'export.json')
  writeFileSync(file, JSON.stringify(documents))
  const fields = fieldNames()
  const target = { keys: readKeys(true, out), appid: LOCAL_APPID, fallbackTime: new Date(0) }
  const plan = await planImport(file, fields, target)
  const written = await writeImport({ file, out, fields, target, plan, existing: new Set() })
  const users = readFileSync(written.usersFile, 'utf8').trim().split('\n')
  expect(users.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ nickname: '新', importedFrom: ['old', 'new', 'oldest'] }),
  ])
})
