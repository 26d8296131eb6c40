import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ConfigError, loadConfig } from './load-config.ts'

let root: string
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'config-')))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}
const load = () => loadConfig({ projectDirectory: root, dataDirectory: '/data' })
const faults = async () => {
  const error = await load().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ConfigError)
  return (error as ConfigError).message.split('\n')
}

it('is empty for a project without settings', async () => {
  expect(await load()).toEqual({ config: {}, files: [] })
})

it('runs TypeScript with its imports and packages, which find their own places', async () => {
  write('node_modules/names/package.json', '{"name":"names","main":"a.js"}')
  write('node_modules/names/a.js', 'exports.prefix = require("node:path").basename(__dirname)')
  write('lib/place.ts', 'export const folder: string = new URL(".", import.meta.url).pathname')
  write(
    'emulator.config.ts',
    `import { defineConfig } from 'wechat-cloud-emulator/config'
     import { prefix } from 'names'
     import { folder } from './lib/place.ts'
     export default defineConfig(async ({ dataDirectory }) => ({ variables: { prefix, folder, dataDirectory } }))`,
  )
  const { config, files } = await load()
  expect(config.variables).toEqual({ prefix: 'names', folder: join(root, 'lib/'), dataDirectory: '/data' })
  expect(files).toEqual(
    expect.arrayContaining([join(root, 'emulator.config.ts'), join(root, 'lib/place.ts')]),
  )
})

it('runs CommonJS, and is run again after a change', async () => {
  write('emulator.config.js', 'module.exports = { environmentId: "one" }')
  expect((await load()).config).toEqual({ environmentId: 'one' })
  write('emulator.config.js', 'module.exports = { environmentId: "two" }')
  expect((await load()).config).toEqual({ environmentId: 'two' })
})

it.each<[string, string, string[]]>([
  ['json', '{"environmentId":', ['emulator.config.json: Unexpected end of JSON input']],
  [
    'json',
    '{"environmentID":"x","variables":{"A":1},"collections":{"users":"ALL"}}',
    [
      'emulator.config.json: environmentID: ',
      'emulator.config.json: variables.A: ',
      'emulator.config.json: collections.users: ',
    ],
  ],
  [
    'json',
    '{"permissions":{"collections":{"posts":{"read":"doc.x =="}}}}',
    ['emulator.config.json: permissions: collections.posts.read 第 9 个字符：'],
  ],
  ['ts', '\nexport default {', ['emulator.config.ts:2 Expected identifier']],
  ['ts', 'import "./none.ts"\nexport default {}', ['emulator.config.ts:1 Could not resolve "./none.ts"']],
  ['ts', 'import "none"\nexport default {}', ['emulator.config.ts:1 Could not resolve "none"']],
  ['mjs', 'throw new Error("no\\nway")', ['emulator.config.mjs: no']],
  ['mjs', 'export default () => { throw new Error("no") }', ['emulator.config.mjs: no']],
  ['mjs', 'export const config = {}', ['emulator.config.mjs: ']],
])('says in one line each what is wrong in %s: %s', async (ending, text, lines) => {
  write(`emulator.config.${ending}`, text)
  const found = await faults()
  expect(found).toHaveLength(lines.length)
  for (const line of lines) expect(found.find((other) => other.startsWith(line))).toBeDefined()
})

it('refuses two files of settings', async () => {
  write('emulator.config.ts', 'export default {}')
  write('emulator.config.json', '{}')
  expect(await faults()).toEqual([
    expect.stringMatching(/^emulator\.config\.json: 已有 emulator\.config\.ts/),
  ])
})
