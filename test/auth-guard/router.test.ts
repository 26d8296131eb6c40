import { afterAll, beforeAll, expect, it } from 'vitest'
import { fencedBlocksOf } from '../documents/markdown.ts'
import { readPage } from '../documents/pages.ts'
import { CloudKit, succeeded, verdict } from '../support/cloud-kit.ts'
import { type GuardedFunctions, stageGuardedFunctions } from '../support/guarded-functions.ts'
import { TestUser } from '../support/test-user.ts'

/** The functions of the document, by the names they get here. */
const [functionCode = '', routesCode = ''] = fencedBlocksOf(readPage('docs/en/guard-your-function.md'), 'js')
const EXAMPLES = [
  ['documented', functionCode],
  ['documented-routes', routesCode],
] as const

let functions: GuardedFunctions
let kit: CloudKit
let user: TestUser

beforeAll(async () => {
  functions = await stageGuardedFunctions()
  for (const [name, code] of EXAMPLES) await functions.add(name, code)
  kit = await CloudKit.start({ functionsDirectory: functions.directory })
  kit.cloud.database.createCollection('notes', 'ADMINONLY')
  user = new TestUser(kit, 'oRouted')
  await user.logIn()
}, 60_000)
afterAll(async () => {
  await kit?.stop()
  functions?.remove()
})

const open = ($url: string, token: string | undefined = user.token) =>
  user.call<unknown>('plain-routes', { $url, ...(token === '' ? {} : { token }) })

it('a route without the guard stays open to everybody', async () => {
  expect(await open('open', '')).toEqual({ code: 200, data: 'for everybody' })
})

it('a guarded route is reached by a logged-in user, who finds no token in the event', async () => {
  expect(await open('mine')).toMatchObject({
    code: 200,
    data: { userId: user.userId, event: { $url: 'mine' } },
  })
  expect(JSON.stringify(await open('mine'))).not.toContain(user.token)
})

it('a guarded route refuses a call without a login, and does not run', async () => {
  for (const route of ['mine', 'refused', 'broken']) {
    expect(verdict(await open(route, ''))).toBe('401 TOKEN_MISSING')
    expect(verdict(await open(route, `${user.token}x`))).toMatch(/^403 TOKEN_/)
  }
})

it('a guarded route’s refusal and defect are answered as a function’s are', async () => {
  expect(verdict(await open('refused'))).toBe('404 NOT_FOUND')
  const printed = kit.printedFromNow()
  const answer = await open('broken')
  expect(verdict(answer)).toBe('500 INTERNAL')
  expect(printed).not.toEqual([])
  expect(JSON.stringify([answer, printed])).not.toContain('13800138000')
})

it('the examples of docs/en/guard-your-function.md do what it says', async () => {
  const call = (name: string, fields: object) => user.call<unknown>(name, { token: user.token, ...fields })
  succeeded(await call('documented', { action: 'add', text: '带伞' }))
  expect(succeeded(await call('documented', { action: 'list' }))).toMatchObject({
    notes: [{ userId: user.userId, text: '带伞' }],
  })
  expect(verdict(await call('documented', { action: 'add' }))).toBe('400 BAD_REQUEST')
  expect(verdict(await call('documented', { token: '', action: 'list' }))).toBe('401 TOKEN_MISSING')
  expect(succeeded(await call('documented-routes', { $url: 'mine' }))).toEqual({
    greeting: expect.stringMatching(/^你好，./),
  })
  expect(verdict(await call('documented-routes', { $url: 'news', token: '' }))).toBe('200')
  expect(verdict(await call('documented-routes', { $url: 'mine', token: '' }))).toBe('401 TOKEN_MISSING')
})
