import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ClientFiles } from '../../testing/client-files.ts'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'
import { startCloud } from '../cloud.ts'

const folder = mkdtempSync(join(tmpdir(), 'permissions-'))
const file = join(folder, 'permissions.json')
afterAll(() => rmSync(folder, { recursive: true }))

let kit: FixtureCloud
beforeAll(async () => {
  writeFileSync(file, JSON.stringify({ collections: { later: { read: true } } }))
  kit = await FixtureCloud.start(
    { permissions: { collections: { notes: 'READONLY' } }, permissionsFile: file },
    [],
  )
})
afterAll(() => kit.stop())
beforeEach(() => kit.control.post('reset'))

const inFile = () => JSON.parse(readFileSync(file, 'utf8'))
/** Writes the file as an editor does, at another time than before. */
function edit(text: string): void {
  writeFileSync(file, text)
  const later = new Date(Date.now() + Math.random() * 100_000)
  utimesSync(file, later, later)
}
const collection = (name: string) => kit.cloud.database.collections().find((each) => each.name === name)

describe('the permission of a collection', () => {
  it('is PRIVATE unless it was declared, by an option or by the file', async () => {
    for (const name of ['other', 'notes', 'later']) await kit.control.post('collections', { name })
    expect([collection('other')?.permission, collection('notes')?.permission]).toEqual([
      'PRIVATE',
      'READONLY',
    ])
    expect(collection('later')).toMatchObject({ permission: 'CUSTOM', rules: '{\n  "read": true\n}' })
  })

  it('set in the console is written to the file, and back when the file is edited', async () => {
    await kit.control.post('collections', { name: 'todos' })
    const rules = '{ "read": true, "write": "doc._openid == auth.openid" }'
    await kit.control.put('collections/todos/permission', { permission: 'CUSTOM', rules })
    expect(inFile().collections).toMatchObject({ todos: JSON.parse(rules) })
    edit(JSON.stringify({ collections: { todos: 'ADMINONLY' } }))
    await kit.control.get('collections')
    expect(collection('todos')).toMatchObject({ permission: 'ADMINONLY', rules })
    await kit.control.put('collections/todos/permission', { permission: 'CUSTOM' })
    expect(collection('todos')).toMatchObject({ permission: 'CUSTOM', rules })
  })

  it('with a mistake is refused with its place, and stays as it was', async () => {
    await kit.control.post('collections', { name: 'todos', permission: 'PRIVATE' })
    const rules = '{ "read": "doc._openid = auth.openid" }'
    const set = kit.control.put('collections/todos/permission', { permission: 'CUSTOM', rules })
    await expect(set).rejects.toThrow('read 第 13 个字符：不认识的字符 =')
    expect(collection('todos')?.permission).toBe('PRIVATE')
  })

  it('is exported and imported with its rules', async () => {
    await kit.control.post('collections', { name: 'todos' })
    const rules = '{ "read": true }'
    await kit.control.put('collections/todos/permission', { permission: 'CUSTOM', rules })
    const exported = await kit.control.get('export')
    await kit.control.delete('collections/todos')
    await kit.control.request('POST', 'import', exported)
    expect(collection('todos')).toMatchObject({ permission: 'CUSTOM', rules })
  })
})

describe('a file with a mistake', () => {
  it('changes nothing, and is reported with its place until it is mended', async () => {
    await kit.control.post('collections', { name: 'todos', permission: 'PRIVATE' })
    edit('{ "collections": { "todos": { "read": "doc.a ==" } } }')
    const mistake = 'permissions.json.collections.todos.read 第 9 个字符：表达式没有写完'
    expect((await kit.control.get('permissions')).problem).toContain(mistake)
    expect(kit.cloud.notes.list().map(({ message }) => message)).toContainEqual(
      expect.stringContaining(mistake),
    )
    expect(collection('todos')?.permission).toBe('PRIVATE')
    edit('{}')
    expect(await kit.control.get('permissions')).not.toHaveProperty('problem')
  })

  it('is reported at the start, too; an option with one rejects the start', async () => {
    const broken = join(folder, 'broken.json')
    writeFileSync(broken, '{ "storage": "EVERYBODY" }')
    const folders = { dataDirectory: join(folder, 'data'), functionsDirectory: folder }
    const cloud = await startCloud({ ...folders, permissionsFile: broken })
    expect(cloud.permissions.problem).toContain('broken.json.storage：应当是 READONLY、')
    await cloud.close()
    const permissions = { functions: { admin: { invoke: false } } }
    await expect(startCloud({ ...folders, permissions })).rejects.toThrow('functions：缺少通配规则 "*"')
  })
})

describe('the permission of cloud storage', () => {
  let alice: ClientFiles
  let bob: ClientFiles
  let fileID: string
  beforeEach(async () => {
    alice = new ClientFiles(kit, 'oAlice')
    bob = new ClientFiles(kit, 'oBob')
    await kit.control.put('permissions/storage', { storage: 'READONLY' })
    fileID = await alice.upload('own/a.txt', 'of Alice')
  })
  /** Who may read Alice's file, and whether each may write it, or a new one. */
  async function who() {
    const status = async (client: ClientFiles) => (await client.urls(fileID)).fileList[0]?.status
    const may = async (client: ClientFiles, path: string) => !('errCode' in (await client.ask(path)))
    return {
      read: [await status(alice), await status(bob)],
      overwrite: [await may(alice, 'own/a.txt'), await may(bob, 'own/a.txt')],
      create: [await may(alice, 'own/new.txt'), await may(bob, 'other/new.txt')],
    }
  }

  it.each([
    ['READONLY', { read: [0, 0], overwrite: [true, false], create: [true, true] }],
    ['PRIVATE', { read: [0, -503002], overwrite: [true, false], create: [true, true] }],
    ['ADMINWRITE', { read: [0, 0], overwrite: [false, false], create: [false, false] }],
    ['ADMINONLY', { read: [-503002, -503002], overwrite: [false, false], create: [false, false] }],
  ] as const)('%s', async (storage, expected) => {
    await kit.control.put('permissions/storage', { storage })
    expect(await who()).toEqual(expected)
  })

  it('can be rules over the caller and the file', async () => {
    const write = 'resource.openid == auth.openid && /^own\\//.test(resource.path) == true'
    await kit.control.put('permissions/storage', { storage: { read: "auth.openid != 'oBob'", write } })
    expect(await who()).toEqual({ read: [0, -503002], overwrite: [true, false], create: [true, false] })
    expect(inFile().storage).toEqual({ read: "auth.openid != 'oBob'", write })
  })

  it('holds when the bytes arrive, and for removals', async () => {
    const target = await alice.ask('own/late.txt')
    await kit.control.put('permissions/storage', { storage: 'ADMINWRITE' })
    if (!('errCode' in target)) expect((await alice.put(target, 'late')).status).toBe(403)
    expect((await alice.delete(fileID)).fileList[0]).toMatchObject({ status: -503002 })
  })

  it('with a mistake is refused', async () => {
    const set = kit.control.put('permissions/storage', { storage: { read: 'doc.a == 1' } })
    await expect(set).rejects.toThrow('storage.read 第 1 个字符：没有变量 doc')
  })
})

describe('the rules of functions', () => {
  it('keep mini-programs from a function, and nobody else', async () => {
    const call = (fields: object) =>
      kit.control.post('invoke', { function: 'probe', data: { do: 'echo' }, ...fields })
    await kit.control.put('permissions/functions', {
      functions: { '*': { invoke: 'auth != null' }, probe: { invoke: false } },
    })
    expect(await call({ openid: 'oAlice' })).toMatchObject({
      errCode: -501023,
      errMsg: expect.stringContaining('PERMISSION_DENIED'),
    })
    expect(await call({})).not.toHaveProperty('errCode')
    expect(await call({ source: 'wx_http' })).not.toHaveProperty('errCode')
    await kit.control.put('permissions/functions', { functions: { '*': { invoke: true } } })
    expect(await call({ openid: 'oAlice' })).not.toHaveProperty('errCode')
  })
})
