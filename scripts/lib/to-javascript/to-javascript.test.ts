import { expect, it } from 'vitest'
import { NotConvertible } from './not-convertible.ts'
import { toJavaScript } from './to-javascript.ts'

const converted = (code: string, more: Record<string, string> = {}) =>
  toJavaScript(new Map(Object.entries({ 'a/it.ts': code, ...more }))).get('a/it.js')

it('the types of a function go into its docstring, beside what that says already', () => {
  const code = `/** Finds one. @returns undefined if there is none */
export function find<Item extends object, Key = string>(
  items: readonly Item[],
  { key, at = 0 }: { key: Key; at?: number },
  wanted?: string,
  ...more: number[]
): Item | undefined {
  return items[at]
}
`
  expect(converted(code)).toBe(`/**
 * Finds one.
 * @template {object} Item
 * @template [Key=string]
 * @param {readonly Item[]} items
 * @param {{ key: Key; at?: number }} options
 * @param {string} [wanted]
 * @param {...number} more
 * @returns {Item | undefined} undefined if there is none
 */
function find(items, { key, at = 0 }, wanted, ...more) {
  return items[at]
}

module.exports = { find }
`)
})

it('a function within an expression has its types at its parameters', () => {
  expect(converted('run((a: number, b?: string | null): string => join(a, b), (c) => c)\n')).toBe(
    'run(/** @returns {string} */ (/** @type {number} */ a, /** @type {(string | null)=} */ b) => join(a, b), (c) => c)\n',
  )
})

it('the words about a parameter stay with it', () => {
  const code = `/**
 * Waits.
 * @param milliseconds from now on, which may
 *   take longer
 */
const wait = async (milliseconds: number): Promise<void> => {}
`
  expect(converted(code)).toBe(`/**
 * Waits.
 * @param {number} milliseconds from now on, which may take longer
 */
const wait = async (milliseconds) => {}
`)
})

it('an interface becomes a typedef with properties, a union one with a list', () => {
  const code = `/** What is known. */
export interface Known<Data> {
  data: Data
  /** Milliseconds. */
  readonly at?: number
  sleep(milliseconds: number): Promise<void>
}

type Way =
  /** By number. */
  | 'phone'
  | 'silent'

interface More extends Known<string> {
  [name: string]: unknown
}
`
  expect(converted(`${code}run()\n`)).toBe(`/**
 * What is known.
 * @template Data
 * @typedef {object} Known
 * @property {Data} data
 * @property {number} [at] Milliseconds.
 * @property {(milliseconds: number) => Promise<void>} sleep
 */

/**
 * - \`'phone'\`: By number.
 * @typedef {'phone' | 'silent'} Way
 */

/** @typedef {Known<string> & { [name: string]: unknown }} More */
run()
`)
})

it('the type of this stands in a tag', () => {
  const code = `const page = {
  onLoad(this: Page<string>) {
    this.list = []
  },
  onTap(this: Page<string>, event: Tap) {
    this.tap(event)
  },
}
`
  expect(converted(code)).toBe(`const page = {
  /** @this {Page<string>} */
  onLoad() {
    this.list = []
  },
  /**
   * @param {Tap} event
   * @this {Page<string>}
   */
  onTap(event) {
    this.tap(event)
  },
}
`)
})

it('variables and casts keep their types', () => {
  const code = `/** By name. */
const all = new Map<string, number>()
let open: readonly (() => void)[] = []
for (let a: number = 0, b: number = 1; a < b; a++) open = [...open]
const way = (all ?? {}) as { code?: unknown }
const kinds = ['a'] as const
const rule = { a: 1 } satisfies Rule
const sure = way.code!
this.page = { ...empty<Item>(), at: new List<Item>(this) }
`
  expect(converted(code)).toBe(`/**
 * By name.
 * @type {Map<string, number>}
 */
const all = new Map()
/** @type {readonly (() => void)[]} */
let open = []
for (let /** @type {number} */ a = 0, /** @type {number} */ b = 1; a < b; a++) open = [...open]
const way = /** @type {{ code?: unknown }} */ (all ?? {})
const kinds = /** @type {const} */ (['a'])
const rule = /** @satisfies {Rule} */ ({ a: 1 })
const sure = /** @type {NonNullable<typeof way.code>} */ (way.code)
this.page = { .../** @type {ReturnType<typeof empty<Item>>} */ (empty()), at: /** @type {List<Item>} */ (new List(this)) }
`)
})

it('fields, methods and bases of a class keep their types', () => {
  const code = `/** A list. */
export class List<Item> extends Base<Item> implements Shown, Kept {
  /** Of the next page. */
  private cursor?: string
  readonly items: Item[] = []
  #count = 0

  constructor(items: Item[]) {
    super(items)
  }

  protected async load(from: string): Promise<Item[]> {
    return this.#read(from)
  }

  #read(from: string): Item[] {
    return this.items
  }
}
`
  expect(converted(code)).toBe(`/**
 * A list.
 * @template Item
 * @extends {Base<Item>}
 * @implements {Shown}
 * @implements {Kept}
 */
class List extends Base {
  /**
   * Of the next page.
   * @type {string | undefined}
   */
  cursor
  /** @type {Item[]} */
  items = []
  #count = 0

  /** @param {Item[]} items */
  constructor(items) {
    super(items)
  }

  /**
   * @param {string} from
   * @returns {Promise<Item[]>}
   */
  async load(from) {
    return this.#read(from)
  }

  /**
   * @param {string} from
   * @returns {Item[]}
   */
  #read(from) {
    return this.items
  }
}

exports.List = List
`)
})

it('imports become require, of types a comment; exports one statement at the end', () => {
  const code = `import type { Reason } from '../b/types'
import { failed as no, type Outcome } from './other'
import './effect'
import * as everything from './other'
export { failed, done as ok } from './other'
export type { Outcome } from './other'
export const KEY: Reason = no
`
  const other = 'export type Outcome<Data> = Data\nexport const failed = 1\nexport const done = 2\n'
  const files = { 'a/other.ts': other, 'a/effect.ts': 'run()\n', 'b/types.ts': "export type Reason = 'A'\n" }
  expect(converted(code, files)).toBe(`/** @import { Reason } from '../b/types' */
/** @import { Outcome } from './other' */
const { failed: no } = require('./other')
require('./effect')
const everything = require('./other')
const { failed, done: ok } = require('./other')
/**
 * @template Data
 * @typedef {import('./other').Outcome<Data>} Outcome
 */
/** @type {Reason} */
const KEY = no

module.exports = { failed, ok, KEY }
`)
})

it('a variable that changes after it was exported is read through its module', () => {
  const config =
    'export let config: string\nexport function configure(value: string): void {\n  config = value\n}\n'
  const code = `import { config } from './config'
const read = () => ({ config, a: config.length, b: other.config })
`
  const files = toJavaScript(
    new Map([
      ['a/config.ts', config],
      ['a/it.ts', code],
    ]),
  )
  expect(files.get('a/config.js')).toContain('get config() {\n    return config\n  },\n  configure,\n}')
  expect(files.get('a/it.js')).toBe(`const configModule = require('./config')
const read = () => ({ config: configModule.config, a: configModule.config.length, b: other.config })
`)
  expect(() => converted(`${code}function show(config: string) {}\n`, { 'a/config.ts': config })).toThrow(
    'a/it.ts:3: a second `config`',
  )
})

it('a file of types alone becomes a .d.ts, and imports follow a file that moves', () => {
  const files = new Map([
    [
      'contract/login.ts',
      "import type { User } from './user'\n\n/** Data. */\nexport interface Login {\n  user: User\n}\n",
    ],
    ['contract/user.ts', 'export type User = string\n'],
    [
      'app/auth/index.ts',
      "import type { Login } from '../../contract/login'\n\n/** In app.ts, not in my.ts. */\nexport let login: Login\n",
    ],
    ['app/auth/index.wxml', '<view/>'],
  ])
  const movedContract = (path: string) => path.replace(/^contract/, 'app/auth/contract')
  const result = toJavaScript(files, { place: movedContract })
  expect([...result.keys()].sort()).toEqual([
    'app/auth/contract/login.d.ts',
    'app/auth/contract/user.d.ts',
    'app/auth/index.js',
    'app/auth/index.wxml',
  ])
  expect(result.get('app/auth/contract/login.d.ts')).toBe(files.get('contract/login.ts'))
  expect(result.get('app/auth/index.js')).toContain("/** @import { Login } from './contract/login' */")
  expect(result.get('app/auth/index.js')).toContain('In app.js, not in my.ts.')
})

it.each([
  ['enum Way {}', 'TSEnumDeclaration'],
  ['declare const a: string', 'VariableDeclaration'],
  ['abstract class A {}', 'abstract class'],
  ['class A { declare a: string }', 'ClassProperty'],
  ['run()<string>()', 'type arguments'],
  ['export class A {}; export let b = 1', 'an exported class'],
  ['export default 1', 'ExportDefaultDeclaration'],
  ["import a from './a'", 'default import'],
  ['class A { constructor(private a: string) {} }', 'TSParameterProperty'],
  ['const a = (', 'Unexpected token'],
])('%s is refused with its place', (code, construct) => {
  expect(() => converted(`\n${code}\n`)).toThrow(NotConvertible)
  expect(() => converted(`\n${code}\n`)).toThrow(new RegExp(`^a/it.ts.*${construct}`))
})
