import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Note } from '../../control/note.ts'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'
import { writeFunctions } from '../../testing/written-functions.ts'

/** A package of that version, which says that it was used. */
const packageFiles = (folder: string, name: string, version: string) => ({
  [`${folder}/node_modules/${name}/package.json`]: JSON.stringify({ name, version }),
  [`${folder}/node_modules/${name}/index.js`]: `exports.found = '${name} ${version}'; exports.init = () => {}`,
})

/** Each answers `{ doubled: 8 }`. */
const FORMS = {
  'assigned/index.js': 'exports.main = async (event) => ({ doubled: event.n * 2 })',
  'whole/index.js': 'module.exports = { main: (event) => ({ doubled: event.n * 2 }) }',
  'transpiled/index.js':
    'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = { main: async ({ n }) => ({ doubled: n * 2 }) }',
  'late/index.js': 'setTimeout(() => { exports.main = async ({ n }) => ({ doubled: n * 2 }) }, 100)',
  'replaced/index.js':
    'Promise.resolve().then(() => { module.exports = { main: ({ n }) => ({ doubled: n * 2 }) } })',
  'module/index.mjs':
    'import { twice } from "./twice.mjs"; export const main = async ({ n }) => ({ doubled: twice(n) })',
  'module/twice.mjs': 'export const twice = (n) => n * 2',
  'typed/package.json': '{"type": "module"}',
  'typed/index.js':
    'const twice = await Promise.resolve(2); export const main = async ({ n }) => ({ doubled: n * twice })',
  'typescript/index.ts':
    'import { twice } from "./lib/twice"; export const main = async (event: { n: number }) => ({ doubled: twice(event.n) })',
  'typescript/lib/twice.ts': 'export const twice = (n: number): number => n * 2',
  'sources/src/index.mts': 'export const main = async (event: { n: number }) => ({ doubled: event.n * 2 })',
  'handler/app/entry.js': 'exports.run = async ({ n }) => ({ doubled: n * 2 })',
  'handler/config.json': '{"handler": "app/entry.run"}',
  'json/index.js':
    'const { factor } = require("./data.json"); exports.main = ({ n }) => ({ doubled: n * factor })',
  'json/data.json': '\uFEFF{"factor": 2}',
  'router/index.js':
    'class Router { constructor(event) { this.event = event } serve() { return Promise.resolve({ doubled: this.event.n * 2 }) } }; exports.main = async (event) => { const app = new Router(event); return app.serve() }',
  'v1.double-数/index.js': 'exports.main = async ({ n }) => ({ doubled: n * 2 })',
}

const LAYERS = {
  ...packageFiles('.', 'in-root', '1.0.0'),
  ...packageFiles('layered', 'in-function', '1.0.0'),
  ...packageFiles('old-sdk', 'wx-server-sdk', '2.1.2'),
  ...packageFiles('new-sdk', 'wx-server-sdk', '2.9.9'),
  ...packageFiles('old-admin', 'tcb-admin-node', '1.23.0'),
  'node_modules/needs-sdk/index.js': 'exports.hasSdk = typeof require("wx-server-sdk").init',
  'peer/index.js': 'exports.main = () => require("needs-sdk").hasSdk',
  'layered/index.js': 'exports.main = () => [require("in-function").found, require("in-root").found]',
  'old-sdk/index.js': 'exports.main = () => require("wx-server-sdk").found || "supplied"',
  'new-sdk/index.js': 'exports.main = () => require("wx-server-sdk").found || "supplied"',
  'no-sdk/index.mjs':
    'import cloud from "wx-server-sdk"; cloud.init(); export const main = async () => cloud.getWXContext().OPENID',
  'old-admin/index.js':
    'const tcb = require("tcb-admin-node"); tcb.init({ env: "any" }); exports.main = () => tcb.database().collection("notes").add({ by: "admin" }).then(({ id }) => typeof id)',
  'shared-environment/index.js':
    'const cloud = require("wx-server-sdk"); cloud.init({ env: "prod-1" }); exports.main = async () => { const other = new cloud.Cloud({ resourceAppid: "wx1", resourceEnv: "prod-2" }); await other.init(); await cloud.database().collection("notes").count(); return (await other.database().collection("notes").count()).errMsg }',
  'outside/index.js': 'const x = require("../common/x");\nexports.main = () => x()',
  'rejecting/index.js': 'exports.main = () => Promise.reject({ code: 401 })',
  'common/x.js': 'module.exports = () => "first"',
}

const FAILURES: Record<string, [files: Record<string, string>, ...expected: string[]]> = {
  syntax: [{ 'index.js': 'exports.main = () => {\n  return {\n}' }, 'syntax/index.js:3', 'SyntaxError'],
  throwing: [{ 'index.js': '\n\nthrow new Error("not today")' }, 'throwing/index.js:3', 'not today'],
  undeclared: [
    { 'index.js': '\nrequire("lodash-of-nobody")' },
    'undeclared/index.js:2',
    "'lodash-of-nobody'",
    'package.json',
  ],
  declared: [
    { 'index.js': 'require("@some/axios/lib")', 'package.json': '{"dependencies": {"@some/axios": "1"}}' },
    'declared/index.js:1',
    '--install',
  ],
  native: [
    {
      'index.js': 'require("paint")',
      'node_modules/paint/index.js': 'require("./build/Release/paint.node")',
    },
    'paint.node',
    'install script of paint',
  ],
  cased: [{ 'index.js': 'require("./Utils")', 'utils.js': '' }, 'cased/index.js:1', 'utils.js'],
  mute: [{ 'index.js': 'exports.handler = () => 1' }, 'handler', 'exports.main'],
  empty: [{ 'index.js': 'exports.main = 1' }, 'exports.main'],
  badts: [{ 'index.ts': '\nexport const main = (' }, 'badts/index.ts:2'],
  badpackage: [{ 'index.js': 'require("./a")', 'package.json': '{"name": "x",}' }, 'badpackage/package.json'],
  badjson: [{ 'index.js': 'require("./data.json")', 'data.json': '{\n"a": 1,\n}' }, 'badjson/data.json'],
}

let directory: string
let kit: FixtureCloud
const notes: Note[] = []
beforeAll(async () => {
  const failing = Object.entries(FAILURES).flatMap(([name, [files]]) =>
    Object.entries(files).map(([file, text]) => [`${name}/${file}`, text] as const),
  )
  directory = writeFunctions({
    // Of the project, above the functions: not uploaded, so it says nothing of them.
    'package.json': '{"type": "module"}',
    ...FORMS,
    ...LAYERS,
    ...Object.fromEntries(failing),
    'README/readme.txt': 'no function',
    'package-main/package.json': '{"main": "app.js"}',
    'package-main/app.js': 'exports.main = () => 1',
  })
  kit = await FixtureCloud.start({ functionsDirectory: directory, onNote: (note) => notes.push(note) })
  kit.cloud.database.createCollection('notes', 'ADMINONLY')
})
afterAll(async () => {
  await kit.stop()
  rmSync(directory, { recursive: true, force: true })
})

const call = (name: string) => kit.invoke(name, 'oAlice', { n: 4 })

const functionNames = (files: object) => [
  ...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? '')),
]

describe('a handler is found', () => {
  it.each(functionNames(FORMS))('in the form "%s", also by the second call', async (name) => {
    for (let round = 0; round < 2; round++) {
      const { result, errMsg } = await call(name)
      expect({ result, errMsg }).toEqual({ result: { doubled: 8 }, errMsg: undefined })
    }
  })

  it('under a name that the cloud does not take, with a note', async () => {
    await call('v1.double-数')
    expect(JSON.stringify(notes)).toContain('v1.double-数')
  })
})

describe('packages are found', () => {
  it('in the function’s folder and in the folders above', async () => {
    expect((await call('layered')).result).toEqual(['in-function 1.0.0', 'in-root 1.0.0'])
  })

  it('with an SDK that would call the real cloud replaced, and a note', async () => {
    expect((await call('old-sdk')).result).toBe('supplied')
    expect((await call('new-sdk')).result).toBe('wx-server-sdk 2.9.9')
    expect(notes.filter(({ message }) => message.includes('wx-server-sdk'))).toHaveLength(1)
  })

  it('with the SDK supplied to a function that has none', async () => {
    expect((await call('no-sdk')).result).toBe('oAlice')
    expect((await call('peer')).result).toBe('function')
  })

  it('with the successor of tcb-admin-node instead of it', async () => {
    expect((await call('old-admin')).result).toBe('string')
  })

  it('and any environment that a function names is this one, with a note', async () => {
    expect((await call('shared-environment')).result).toBe('collection.count:ok')
    for (const environment of ['prod-1', 'prod-2']) {
      expect(notes.filter(({ message }) => message.includes(environment))).toHaveLength(1)
    }
  })

  it('outside the function’s folder with a note, and changes there are seen', async () => {
    expect((await call('outside')).result).toBe('first')
    const file = join(directory, 'outside/index.js')
    expect(notes).toContainEqual({ message: expect.stringContaining('../common/x'), file, line: 1 })
    writeFileSync(join(directory, 'common/x.js'), 'module.exports = () => "second, longer"')
    expect((await call('outside')).result).toBe('second, longer')
  })
})

describe('a function that cannot run says why', () => {
  it.each(Object.keys(FAILURES))('%s', async (name) => {
    const { errCode, errMsg } = await call(name)
    expect(errCode).toBe(-504002)
    for (const expected of FAILURES[name]?.slice(1) ?? []) expect(errMsg).toContain(expected)
  })

  it.each([
    ['README', 'index.js'],
    ['package-main', 'app.js'],
    ['Assigned', 'assigned'],
  ])('%s, which is no function', async (name, expected) => {
    const { errCode, errMsg } = await call(name)
    expect(errCode).toBe(-501000)
    expect(errMsg).toContain(expected)
  })
})

it('what a function throws is in its log, also when it is no Error', async () => {
  await call('rejecting')
  const { calls } = await kit.control.get('calls?limit=1')
  expect(calls[0]?.logs).toMatchObject([{ level: 'error', text: expect.stringContaining('code: 401') }])
})

it('a file of the function that changes is seen at the next call', async () => {
  await call('json')
  writeFileSync(join(directory, 'json/data.json'), '{"factor": 10}')
  expect((await call('json')).result).toEqual({ doubled: 40 })
})
