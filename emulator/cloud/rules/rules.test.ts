import { describe, expect, it } from 'vitest'
import { parseCollectionRules } from './collection-rules.ts'
import type { Environment } from './evaluate.ts'
import { mayInvoke, parseFunctionRules } from './function-rules.ts'
import { Rule } from './rule.ts'
import { parseStorageRules } from './storage-rules.ts'

const VARIABLES = ['auth', 'doc', 'now', 'request', 'get']
const documents: Record<string, unknown> = {
  'database.teams.t1': { owner: ['oAlice'], open: true },
  'database.users.oAlice': { level: 3 },
}
const environment = (doc: unknown): Environment => ({
  variables: { auth: { openid: 'oAlice' }, doc, now: 1000, request: { data: doc } },
  get: (path) => documents[path] ?? null,
  test: (source, flags, text) => new RegExp(source, flags).test(text),
})
const judge = (expression: string, doc: unknown = {}) =>
  Rule.parse(expression, 'read', VARIABLES).judge(environment(doc))

describe('an expression', () => {
  it.each([
    ['doc._openid == auth.openid', { _openid: 'oAlice' }],
    ["doc.status != 'deleted' && doc.count >= 2", { status: 'open', count: 2 }],
    ['auth.openid in doc.members', { members: ['oBob', 'oAlice'] }],
    ["!(auth.openid in ['oBob'])", {}],
    ['doc.a.b[0] == 1', { a: { b: [1] } }],
    ["doc['a b'] == null && doc.missing == undefined", {}],
    ['now > doc.at && now - doc.at < 100 * 10 + 1', { at: new Date(0) }],
    ['doc.n % 2 == 0 ? true : false', { n: 4 }],
    ['-doc.n == 0 - 3', { n: 3 }],
    ["get('database.users.oAlice').level in [1, 2, 3]", {}],
    [`auth.openid in get(\`database.teams.\${doc.team}\`).owner`, { team: 't1' }],
    [`get(\`database.users.\${auth.openid}\`).level === 3`, {}],
    ['/^a\\/b/i.test(doc.path) == true', { path: 'A/b' }],
    ["auth != null && (doc.x == 'it\\'s' || false)", { x: "it's" }],
    ['request.data.n == 1', { n: 1 }],
  ])('allows: %s', (expression, doc) => expect(judge(expression, doc)).toBe('allowed'))

  it.each([
    ['doc._openid == auth.openid', { _openid: 'oBob' }],
    ["doc.n == '1'", { n: 1 }],
    ["doc.n > '0'", { n: 1 }],
    ['doc.a.b == 1', {}],
    ['doc.a.b != 1', {}],
    [`get(\`database.teams.\${doc.team}\`).open`, { team: 'none' }],
    // Only `true` allows, not what counts as true.
    ['auth.openid', {}],
    ['doc.constructor != null', {}],
  ])('denies: %s', (expression, doc) => expect(judge(expression, doc)).toBe('denied'))

  it.each([
    ['doc._openid =', 'read 第 13 个字符：不认识的字符 ='],
    ['doc._openid == user.openid', 'read 第 16 个字符：没有变量 user'],
    ["doc.a == 'x", 'read 第 10 个字符：字符串没有结束'],
    ['(doc.a', 'read 第 7 个字符：这里应当是 )'],
    ['doc.a &&', 'read 第 9 个字符：表达式没有写完'],
    ['doc.a doc.b', 'read 第 7 个字符：这里不应当是 doc'],
    ['/[/.test(doc.a)', 'read 第 1 个字符：正则表达式没有结束'],
    ['doc.list.indexOf(1)', 'read 第 17 个字符：这里不应当是 ('],
    ["get(get(get('database.a.b')))", 'read 第 9 个字符：get 最多嵌套 2 层'],
    [`${"get('x') == 1 || ".repeat(3)}get('x')`, 'read 第 52 个字符：最多 3 个 get'],
    [`doc.a == '${'x'.repeat(1100)}'`, 'read 第 1025 个字符：表达式超过 1024 个字符'],
  ])('is refused with its place: %s', (expression, message) => {
    expect(() => Rule.parse(expression, 'read', VARIABLES)).toThrow(message)
  })
})

describe('the rules of a collection', () => {
  it('take `write` for each kind of write without a rule of its own, and deny what has none', () => {
    const rules = parseCollectionRules({ write: 'doc.a == 1', delete: false })
    const verdicts = (['read', 'create', 'update', 'delete'] as const).map((operation) =>
      rules[operation].judge(environment({ a: 1 })),
    )
    expect(verdicts).toEqual(['denied', 'allowed', 'allowed', 'denied'])
  })

  it.each([
    ['{ "read": tru }', '不是 JSON'],
    ['[]', '应当是 JSON 对象'],
    ['{ "reads": true }', 'reads：没有这种操作，可用：read、write、create、update、delete'],
    ['{ "read": 1 }', 'read：应当是 true、false 或表达式字符串'],
  ])('are refused: %s', (text, message) => expect(() => parseCollectionRules(text)).toThrow(message))
})

it('the rules of storage know the file', () => {
  const { read, write } = parseStorageRules({
    read: true,
    write: 'resource.openid == auth.openid && /^own\\//.test(resource.path) == true',
  })
  const judge = (rule: Rule, path: string) =>
    rule.judge({
      variables: { auth: { openid: 'oAlice' }, resource: { openid: 'oAlice', path }, now: 0 },
      test: (source, flags, text) => new RegExp(source, flags).test(text),
    })
  expect([judge(read, 'x'), judge(write, 'own/a.png'), judge(write, 'a.png')]).toEqual([
    'allowed',
    'allowed',
    'denied',
  ])
})

it('the rules of functions take three values and need a rule for all others', () => {
  const rules = parseFunctionRules({ '*': { invoke: 'auth != null' }, admin: { invoke: false } })
  expect([mayInvoke(rules, 'login'), mayInvoke(rules, 'admin'), mayInvoke(rules, 'toString')]).toEqual([
    true,
    false,
    true,
  ])
  expect(() => parseFunctionRules({ a: { invoke: true } })).toThrow('缺少通配规则 "*"')
  expect(() => parseFunctionRules({ '*': { invoke: "auth.openid == 'a'" } })).toThrow('*.invoke：只支持')
})
