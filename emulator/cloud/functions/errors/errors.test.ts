import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LoggedCall } from '../../../control/interface.ts'
import type { ThrownError } from '../../../control/invocation.ts'
import { FixtureCloud } from '../../../testing/fixture-cloud.ts'
import { writeFunctions } from '../../../testing/written-functions.ts'

/** Has its error at line 5, column 9, in `check`, which line 10 calls. */
const SOURCE = `interface Order { number: string }

/** Checks. */
export function check({ number }: Order): void {
  throw new RangeError('no order for ' + number)
}

export const main = async (order: Order) => {
  await 1
  check(order)
}
`
const CHANNEL = "require('diagnostics_channel').channel('wechat-cloud-emulator:caught')"

let root: string
let kit: FixtureCloud
beforeAll(async () => {
  root = writeFunctions({
    'sources/order.ts': SOURCE,
    'functions/typescript/index.ts': 'export { main } from "./order"',
    'functions/typescript/order.ts': SOURCE,
    'functions/plain/index.js': [
      'const check = () => {',
      '  JSON.parse("{")',
      '}',
      'exports.main = () => check()',
    ].join('\n'),
    'functions/late/index.js':
      'exports.main = () => new Promise(() => {\n  setTimeout(() => { throw new TypeError("too late") }, 1)\n})',
    'functions/unhandled/index.js':
      'exports.main = () => new Promise(() => {\n  Promise.reject(new TypeError("nobody waits"))\n})',
    'functions/listens/index.js':
      'process.on("uncaughtException", () => {})\nexports.main = () => new Promise((end) => { setTimeout(() => end(1), 20); setTimeout(() => { throw 1 }, 1) })',
    'functions/loading/index.js': '\nthrow new Error("not today")',
    'functions/loading-late/index.js':
      '\nPromise.reject(new Error("not today"))\nexports.main = () => new Promise((end) => setTimeout(end, 500))',
    'functions/syntax/index.js': 'exports.main = () => {\n  return 1 +* 2\n}',
    'functions/bad-typescript/index.ts': '\nexport const main = () => 1 +* 2',
    'functions/callback/index.js':
      'exports.main = (event, context, callback) => {\n  callback(new Error("refused"))\n}',
    'functions/object/index.js': 'exports.main = () => Promise.reject({ code: 401 })',
    'functions/cause/index.js':
      'exports.main = async () => {\n  throw new Error("outer", { cause: new TypeError("inner of 13812345678") })\n}',
    'functions/logs/index.js':
      'exports.main = () => {\n  console.error("failed:", new Error("logged"))\n  return 1\n}',
    'functions/caught/index.js': `exports.main = () => {\n  ${CHANNEL}.publish({ error: new Error("caught") })\n  return 1\n}`,
    'functions/node_modules/pack/index.js':
      'exports.run = (work) => work()\nexports.fail = () => { throw new Error("of the package") }',
    'functions/packaged/index.js':
      'const { run, fail } = require("pack")\nexports.main = () => run(() => fail())',
  })
  const build = (name: string, sourcemap: 'linked' | 'external' | 'inline', outdir = name) =>
    buildSync({
      entryPoints: { index: join(root, 'sources/order.ts') },
      outdir: join(root, 'functions', outdir),
      bundle: true,
      platform: 'node',
      sourcemap,
      minify: true,
    })
  build('linked', 'linked')
  build('beside', 'external')
  build('inline', 'inline')
  kit = await FixtureCloud.start({
    functionsDirectory: join(root, 'functions'),
    projectDirectory: root,
  })
})
afterAll(async () => {
  await kit.stop()
  rmSync(root, { recursive: true, force: true })
})

async function thrownBy(name: string): Promise<{ call: LoggedCall; thrown: ThrownError | undefined }> {
  await kit.invoke(name, 'oAlice', { number: '13812345678' })
  const call = await kit.lastCall()
  return { call, thrown: call.error?.thrown }
}

const placesOf = ({ places = [] }: Partial<ThrownError> = {}) =>
  places.map(({ file, line, column }) => `${file}:${line}:${column}`)

describe('what a function throws has its places in the sources', () => {
  it.each([
    ['a bundle whose map is named in it', 'linked', 'sources/order.ts'],
    ['a bundle with its map beside it', 'beside', 'sources/order.ts'],
    ['a bundle with its map inside', 'inline', 'sources/order.ts'],
    ['TypeScript that the emulator compiles', 'typescript', 'functions/typescript/order.ts'],
  ])('in %s', async (_form, name, file) => {
    const { call, thrown } = await thrownBy(name)
    expect(thrown).toMatchObject({ name: 'RangeError', message: 'no order for 138****5678' })
    expect(placesOf(thrown)).toEqual([`${file}:5:9`, `${file}:10:3`])
    expect(thrown?.excerpt).toEqual({ firstLine: 2, lines: SOURCE.split('\n').slice(1, 8) })
    const [line] = call.logs
    expect(line).toMatchObject({ level: 'error', thrown })
    expect(line?.text).toContain(`(${file}:5:9)`)
  })

  it.each([
    ['plain JavaScript', 'plain', ['functions/plain/index.js:2:8', 'functions/plain/index.js:4:22']],
    ['a timer', 'late', ['functions/late/index.js:2:28']],
    [
      'a promise that nobody waits for',
      'unhandled',
      ['functions/unhandled/index.js:2:18', 'functions/unhandled/index.js:1:22'],
    ],
    ['the callback', 'callback', ['functions/callback/index.js:2:12']],
    ['code that is loaded', 'loading', ['functions/loading/index.js:2:7']],
    ['code that is loaded, later', 'loading-late', ['functions/loading-late/index.js:2:16']],
    ['code that is no JavaScript', 'syntax', ['functions/syntax/index.js:2:13']],
    ['TypeScript that does not compile', 'bad-typescript', ['functions/bad-typescript/index.ts:2:30']],
    [
      'a package, without its own',
      'packaged',
      ['functions/packaged/index.js:2:32', 'functions/packaged/index.js:2:22'],
    ],
    ['an object, without any', 'object', []],
  ])('in %s', async (_form, name, places) => {
    const { thrown } = await thrownBy(name)
    expect(placesOf(thrown)).toEqual(places)
    expect(thrown?.excerpt === undefined).toBe(places.length === 0)
  })

  it('and its message with its causes, masked', async () => {
    const { thrown } = await thrownBy('cause')
    expect(thrown?.message).toBe('outer\ncause: TypeError: inner of 138****5678')
    expect((await thrownBy('object')).thrown).toMatchObject({ name: 'Object', message: '{ code: 401 }' })
  })

  it('while the caller hears no more than on the platform', async () => {
    const { errMsg } = await kit.invoke('late', 'oAlice', {})
    expect(errMsg).toContain('Process exited unexpectedly before completing request')
    expect((await kit.invoke('plain', 'oAlice', {})).errMsg).not.toContain('index.js')
  })
})

it.each(['logs', 'caught'])(
  'an error that a function only logs or hands over has its place: %s',
  async (name) => {
    const { call } = await thrownBy(name)
    expect(call).toMatchObject({ result: 1 })
    expect(call.logs).toHaveLength(1)
    expect(placesOf(call.logs[0]?.thrown)).toEqual([expect.stringContaining(`functions/${name}/index.js:2:`)])
  },
)

it('a function that listens to uncaught errors goes on', async () => {
  expect((await thrownBy('listens')).call).toMatchObject({ result: 1 })
})

it('a place is absolute outside the project', async () => {
  const outside = await FixtureCloud.start({
    functionsDirectory: join(root, 'functions'),
    projectDirectory: join(root, 'functions'),
  })
  await outside.invoke('linked', 'oAlice', { number: '1' })
  const { error } = await outside.lastCall()
  expect(error?.thrown?.places[0]?.file).toBe(
    join(dirname(join(root, 'x')), 'sources/order.ts').replaceAll('\\', '/'),
  )
  await outside.cloud.close()
})
