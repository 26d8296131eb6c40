import { Server } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Phone } from 'wechat-cloud-emulator/testing'
import type { Answer } from '../../contract/answer.ts'
import { makeAdminToken } from '../../scripts/lib/admin/admin-token.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { isPhoneLogin } from '../miniprogram/calls.ts'
import { saveTrip } from '../miniprogram/log-in.ts'
import { HOME_PAGE, LOGIN_PAGE, PHONE_BUTTON, stored } from '../miniprogram/own-account.ts'
import { CloudKit, CONSENT } from '../support/cloud-kit.ts'
import { callOperation, type Operation, prepareRequest } from '../support/operations/operation.ts'
import { OPERATIONS } from '../support/operations/operations.ts'
import { type RunningProject, startApp } from '../support/start-app.ts'
import { TestUser } from '../support/test-user.ts'

/**
 * Everything that is written anywhere while every action runs, well and badly, is kept here, and then searched for
 * everything that is secret or personal. What may hold such a thing is named in `MEANT` and in `stored`.
 */
let app: RunningProject
let kit: CloudKit
let printed: string[] = []
const secrets = new Map<string, string>()
const written: { where: string; text: string }[] = []
const restore: (() => void)[] = []

const PHONE = '13800138765'
const OTHER_PHONE = '13900139876'

const note = (where: string, value: unknown) =>
  written.push({ where, text: typeof value === 'string' ? value : JSON.stringify(value) })
const keep = (kind: string, value: unknown) => {
  if (typeof value === 'string' && value.length >= 8) secrets.set(value, kind)
}

/**
 * Parts of answers that are meant to hold what nothing else may: `function action` and the path in the answer. The
 * platform keeps answers with its logs, so these are tokens and tickets alone, which are worthless in any other WeChat
 * account. No answer holds a number, an openid, a code or a key.
 */
const MEANT: readonly [call: RegExp, path: RegExp][] = [
  [/^login /, /^data\.token$/],
  [/^checkToken /, /^data\.token$/],
  [/^(login|account) /, /^ticket$/],
]
/** Its identity fields are meant for the caller alone, and go out combined with the pad that the caller sent. */
const EXPORT = 'the answer of account export'

beforeAll(async () => {
  watchOutput()
  watchAddresses()
  const variables = { ...makeSecrets(), LOGIN_LIMIT: '1000' }
  for (const [, key] of `${variables.LOGIN_SECRETS},:${variables.INDEX_SECRET}`.matchAll(/:([\w-]{43})/g)) {
    keep('secret', key)
  }
  for (const number of [PHONE, OTHER_PHONE]) keep('phone number', number)
  app = await startApp({ variables })
  kit = CloudKit.of(app)
  printed = kit.printedFromNow()
  await everyAction()
  await withFailures()
  await onThePhone()
  await collectWhatStays()
}, 300_000)
afterAll(async () => {
  for (const undo of restore) undo()
  const places = new Set(written.map(({ where }) => where)).size
  console.info(`${secrets.size} secrets looked for in ${written.length} texts of ${places} places`)
  await app.project.stop()
})

function watchOutput(): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    const write = process[stream].write
    process[stream].write = ((chunk: string | Uint8Array, ...rest: []) => {
      note(`the terminal (${stream})`, String(chunk))
      return write.call(process[stream], chunk, ...rest)
    }) as typeof write
    restore.push(() => {
      process[stream].write = write
    })
  }
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    const before = console[level]
    console[level] = (...values: unknown[]) =>
      note(`the terminal (console.${level})`, values.map(String).join(' '))
    restore.push(() => {
      console[level] = before
    })
  }
}

/** Every address that anything asks the cloud for. */
function watchAddresses(): void {
  const emit = Server.prototype.emit
  const watched = function (this: Server, name: 'request', ...values: never[]) {
    const [request] = values as { url?: string }[]
    if (name === 'request') note('an address', String(request?.url))
    return Reflect.apply(emit, this, [name, ...values])
  }
  Object.assign(Server.prototype, { emit: watched })
  restore.push(() => {
    Object.assign(Server.prototype, { emit })
  })
}

/** Remembers what the request holds, sends it, and scans the answer. */
async function send(operation: Operation, openid: string, request: object): Promise<void> {
  const { function: name, variant, caller } = operation
  keep('openid', openid)
  for (const [field, value] of Object.entries(request)) {
    if (/token|ticket|phoneCode/i.test(field))
      keep(field === 'token' && caller ? 'admin token' : field, value)
  }
  const answer = await callOperation(kit, operation, openid, request)
  look(`${name} ${variant}`, answer.result as Answer<unknown>)
}

/** Takes out what is meant to be there, as far as this call may answer it; the rest is noted. */
function look(call: string, answer: Answer<unknown>): void {
  const strip = (value: unknown, path: string): unknown => {
    if (MEANT.some(([who, where]) => who.test(call) && where.test(path))) {
      keep(path.split('.').at(-1) ?? '', value)
      return '(meant to be here)'
    }
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value)
    return entries.map(([name, inner]) => [name, strip(inner, path === '' ? name : `${path}.${name}`)])
  }
  note(`the answer of ${call}`, strip(answer, ''))
}

async function everyAction(): Promise<void> {
  for (const [number, operation] of OPERATIONS.entries()) {
    const { openid, token, request } = await prepare(operation, `oSomebody-number-${number}`, PHONE)
    await send(operation, openid, request)
    // Once more, when it was done already; by somebody else; and with tampered fields.
    await send(operation, openid, request)
    await send(operation, 'oSomebody-who-stole', request)
    await send(operation, openid, {
      ...request,
      token: `${token}x`,
      phoneCode: { $ne: PHONE },
      device: PHONE,
    })
  }
}

/** Makes a user with this number who is ready for the operation. */
async function prepare(
  operation: Operation,
  openid: string,
  phoneNumber: string,
): Promise<{ openid: string; token: string; request: object }> {
  const user = new TestUser(kit, openid)
  user.phoneNumber = phoneNumber
  user.newPhoneNumber = OTHER_PHONE
  if (!operation.isNew) await user.logIn()
  const request = await prepareRequest(operation, user)
  keep('token', user.token)
  return { openid, token: user.token, request }
}

/** Every action while the database, WeChat or the storage fails, in words that hold what must not get out. */
async function withFailures(): Promise<void> {
  const message = `cannot read ${PHONE} of oSomebody-number-1`
  const answers = [
    { kind: 'error', code: 'SYS_ERR', message },
    { kind: 'error', code: 'DATABASE_REQUEST_FAILED', message },
    { kind: 'openapi', errcode: -1, errmsg: message },
    { kind: 'reset' },
  ] as const
  for (const [number, operation] of OPERATIONS.entries()) {
    const answer = answers[number % answers.length]
    const { openid, request } = await prepare(operation, `oSomebody-failing-${number}`, OTHER_PHONE)
    if (answer) kit.cloud.faults.add({ answer })
    await send(operation, openid, request)
    kit.cloud.faults.clear()
    if (answer?.kind === 'error') kit.cloud.faults.add({ action: 'database.modifyDocument', answer })
    await send(operation, openid, request)
    kit.cloud.faults.clear()
  }
}

/** What the app keeps, shows and asks for. */
async function onThePhone(): Promise<void> {
  const openid = 'oSomebody-on-a-phone'
  keep('openid', openid)
  // Not by an option of the phone, which names the person in an address of the emulator's own.
  kit.cloud.users.touch(openid, PHONE)
  const phone = await app.project.phones.of(openid)
  await phone.open()
  const addresses = await watchNavigation(phone)
  await saveTrip(phone)
  expect(await phone.page()).toContain(LOGIN_PAGE)
  await noteScreen(phone)
  await phone.tap(PHONE_BUTTON)
  await phone.allowNumber()
  expect(await phone.page()).toBe(HOME_PAGE)
  await noteScreen(phone)
  const code = (await phone.calls()).find(isPhoneLogin)?.data['phoneCode']
  expect(code).toEqual(expect.any(String))
  keep('phoneCode', code)
  const token = (await stored(phone)).login?.token ?? ''
  expect(token).toMatch(/^eyJ/)
  keep('token', token)
  const storage = Object.entries(await phone.storage())
  note(
    'the phone’s storage',
    storage.map(([name, value]) => [name, JSON.stringify(value).replaceAll(token, '')]),
  )
  const asked = await addresses()
  expect(asked).toContainEqual(expect.stringContaining(LOGIN_PAGE))
  note('the phone’s addresses', asked)
  note('what the mini-program threw', await phone.errors())
}

async function noteScreen(phone: Phone): Promise<void> {
  note('the phone’s page', await phone.text())
  note('the phone’s toasts and dialogs', [await phone.toasts(), await phone.dialogs()])
  note('the phone’s addresses', await phone.pages())
}

/** @returns reads the addresses of the pages that the mini-program has asked WeChat for since */
async function watchNavigation(phone: Phone): Promise<() => Promise<string[]>> {
  await phone.evaluate(({ wx, getApp }) => {
    const addresses: string[] = []
    Object.assign(getApp(), { addresses })
    for (const name of ['navigateTo', 'redirectTo', 'reLaunch', 'switchTab', 'navigateBack']) {
      const navigate = wx[name]
      wx[name] = (options: { url?: string } = {}) => {
        addresses.push(`${name} ${options.url}`)
        return navigate(options)
      }
    }
  })
  return () => phone.evaluate(({ getApp }) => getApp().addresses)
}

/** What is there when all is over. */
async function collectWhatStays(): Promise<void> {
  const account = await kit.loginWithCode('oSomebody-last', PHONE)
  keep('token', account.token)
  await new TestUser(kit, 'oSomebody-last', account.token).setAvatar()
  const token = makeAdminToken(kit.variables, 'alice', kit.cloud.clock.now())
  keep('admin token', token)
  for (const phone of [PHONE, '138 0013 8765', '+86-138-0013-8765', '+85291234567']) {
    keep('phone number', phone)
    look('admin find', await kit.call('admin', undefined, { token, action: 'find', phone }))
  }
  await kit.login('oSomebody-last', { phoneCode: 'none', consent: { version: CONSENT } })
  for (const { name } of kit.cloud.database.collections()) {
    // What an earlier version of the app wrote, for the import to read.
    if (name.startsWith('old_')) continue
    for (const { openid, ...document } of kit.documents(name)) {
      // The one place that is meant to hold it.
      note(`a document of ${name}`, name === 'users' ? document : { openid, ...document })
    }
  }
  for (const text of printed) note('what a function printed', text)
  const { calls } = await kit.control.get('calls?limit=1000')
  // Whose call it was is for the console to say.
  for (const { logs, openid: _openid, ...call } of calls) {
    note('the log of a function', logs)
    note('the list of calls in the console', call)
  }
}

it('scanned the answers of every function', () => {
  const functions = kit.cloud.catalog.names()
  expect(functions.length).toBeGreaterThan(5)
  const scanned = written.map(({ where }) => /^the answer of (\w+)/.exec(where)?.[1])
  expect(functions.filter((name) => !scanned.includes(name))).toEqual([])
  for (const action of [
    'find',
    'list',
    'show',
    'records',
    'reveal',
    'disable',
    'enable',
    'endSessions',
    'batch',
    'stats',
    'import',
  ]) {
    const answers = written.filter(({ where }) => where === `the answer of admin ${action}`)
    expect(answers.some(({ text }) => text.includes('["code",200]'))).toBe(true)
  }
})

it('was a broad run', () => {
  const kinds = new Set(secrets.values())
  const expected = ['secret', 'phone number', 'openid', 'token', 'admin token', 'ticket', 'phoneCode']
  expect([...kinds]).toEqual(expect.arrayContaining(expected))
  expect(written.filter(({ where }) => where === 'what a function printed').length).toBeGreaterThan(100)
  expect(written.filter(({ where }) => where === 'an address').length).toBeGreaterThan(300)
})

it('would find what is there, also where it is encoded', () => {
  note('a trap', `…${PHONE}…`)
  const json = JSON.stringify({ phone: `+86${PHONE}`, openid: 'o1' })
  for (const encoding of ['base64', 'base64url', 'hex'] as const) {
    note(`a trap of ${encoding}`, JSON.stringify({ text: Buffer.from(json).toString(encoding) }))
  }
  const all = written.splice(-4).flatMap(search)
  expect(all).toEqual(
    expect.arrayContaining([
      'phone number in a trap',
      'phone number in a trap of base64',
      'phone number in a trap of base64url',
      'phone number in a trap of hex',
    ]),
  )
})

it('finds no number, token, code, ticket, openid or secret where it is not meant to be', () => {
  expect(found().filter((text) => !text.endsWith(EXPORT))).toEqual([])
})

it('finds none in the answer of an export either', () => {
  expect(found().filter((text) => text.endsWith(EXPORT))).toEqual([])
})

/** The findings so far, of the texts searched already: one search of all of them takes seconds. */
const findings = new Set<string>()
let searched = 0

function found(): string[] {
  for (const entry of written.slice(searched)) for (const finding of search(entry)) findings.add(finding)
  searched = written.length
  return [...findings]
}

function search({ where, text }: { where: string; text: string }): string[] {
  const candidates = [text, ...decoded(text)].join('\n')
  return [...secrets].flatMap(([secret, kind]) =>
    candidates.includes(secret) ? [`${kind} in ${where}`] : [],
  )
}

const ENCODED = /[\w+/-]{24,}/g

/** What lies in a text as base64, base64url or hexadecimal: an answer that is merely encoded hides nothing. */
function decoded(text: string): string[] {
  return [...text.matchAll(ENCODED)].flatMap(([run]) => [
    Buffer.from(run, 'base64').toString('latin1'),
    ...(/^[0-9a-f]+$/i.test(run) ? [Buffer.from(run, 'hex').toString('latin1')] : []),
  ])
}
