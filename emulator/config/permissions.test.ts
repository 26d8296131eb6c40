import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { loadConfig } from './load-config.ts'

const folder = mkdtempSync(join(tmpdir(), 'config-'))
afterAll(() => rmSync(folder, { recursive: true }))

const load = (config: object) => {
  writeFileSync(join(folder, 'emulator.config.json'), JSON.stringify(config))
  return loadConfig({ projectDirectory: folder, dataDirectory: folder })
}

it.each([
  { permissionsFile: 'permissions.json' },
  { permissions: { collections: { todos: 'PRIVATE', posts: { read: true } }, storage: 'ADMINONLY' } },
])('takes permissions: %j', async (config) => {
  expect((await load(config)).config).toEqual(config)
})

it.each([
  [
    { permissions: { collections: { todos: { read: 'doc.a = 1' } } } },
    'permissions: collections.todos.read 第 7 个字符：不认识的字符 =',
  ],
  [{ permissions: { storage: 'EVERYBODY' } }, 'permissions: storage：应当是 READONLY'],
  [{ permissions: { collections: { todos: { reads: true } } } }, 'permissions: collections.todos'],
])('refuses a mistake with its place: %j', async (config, message) => {
  await expect(load(config)).rejects.toThrow(message)
})
