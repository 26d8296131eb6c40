import { Server } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Answer } from '../contract/answer.ts'
import { makeAdminToken } from '../scripts/admin-token.ts'
import { makeSecrets } from '../scripts/make-secrets.ts'
import { AccountKit } from './account-kit.ts'
import { ASKED, type Asked } from './actions/asked.ts'
import { CloudKit, CONSENT } from './cloud-kit.ts'
import { removeCompiled } from './miniprogram/compiled.ts'
import { Phone } from './miniprogram/phone.ts'
import { Traveller } from './miniprogram/traveller.ts'

/**
 * Everything that is written anywhere while every action runs, well and badly, is kept here, and then searched for
 * everything that is secret or personal. What may hold such a thing is named in `MEANT` and in `stored`.
 */
let kit: CloudKit
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

/** Parts of answers that are meant to hold what nothing else may: `function action` and the path in the answer. */
const MEANT: readonly [call: RegExp, path: RegExp][] = [
  [/^login /, /^data\.token$/],
  [/^checkToken /, /^data\.token$/],
  [/^(login|account) /, /^ticket$/],
  [/^admin reveal/, /^data\.phone$/],
]

beforeAll(async () => {
  watchOutput()
  watchAddresses()
  const variables = { ...makeSecrets(), LOGIN_LIMIT: '1000' }
  for (const [, key] of `${variables.LOGIN_SECRETS},:${variables.INDEX_SECRET}`.matchAll(/:([\w-]{43})/g)) {
    keep('secret', key)
  }
  for (const number of [PHONE, OTHER_PHONE]) keep('phone number', number)
  kit = await CloudKit.start({ variables })
  await everyAction()
  await withFailures()
  await onThePhone()
  await collectWhatStays()
}, 300_000)
afterAll(async () => {
  for (const undo of restore) undo()
  const places = new Set(written.map(({ where }) => where)).size
  console.info(`${secrets.size} secrets looked for in ${written.length} texts of ${places} places`)
  await kit.stop()
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

/** Remembers what the request holds, sends it, and looks at the answer. */
async function send({ function: name, action, by }: Asked, openid: string, data: object): Promise<void> {
  keep('openid', openid)
  for (const [field, value] of Object.entries(data)) {
    if (/token|ticket|phoneCode/i.test(field)) keep(field === 'token' && by ? 'admin token' : field, value)
  }
  const answer =
    by === 'timer'
      ? await kit.control.post<{ result?: unknown }>('timer', { function: name })
      : await kit.invoke(name, by === 'console' ? undefined : openid, data)
  look(`${name} ${action}`, answer.result as Answer<unknown>)
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
  for (const [number, asked] of ASKED.entries()) {
    const openid = `oSomebody-number-${number}`
    const login = asked.isNew ? undefined : await kit.loginWithCode(openid, PHONE)
    keep('token', login?.token)
    const person = { kit, openid, token: login?.token ?? '', userId: login?.userInfo.id ?? '' }
    const data = await asked.prepare(person)
    await send(asked, openid, data)
    // Once more, when it was done already; by somebody else; and bent.
    await send(asked, openid, data)
    await send(asked, 'oSomebody-who-stole', data)
    await send(asked, openid, {
      ...data,
      token: `${person.token}x`,
      phoneCode: { $ne: PHONE },
      device: PHONE,
    })
  }
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
  for (const [number, asked] of ASKED.entries()) {
    const openid = `oSomebody-failing-${number}`
    const answer = answers[number % answers.length]
    const login = asked.isNew ? undefined : await kit.loginWithCode(openid, OTHER_PHONE)
    keep('token', login?.token)
    const person = { kit, openid, token: login?.token ?? '', userId: login?.userInfo.id ?? '' }
    const data = await asked.prepare(person)
    if (answer) kit.cloud.faults.add({ answer })
    await send(asked, openid, data)
    kit.cloud.faults.clear()
    if (answer?.kind === 'error') kit.cloud.faults.add({ action: 'database.modifyDocument', answer })
    await send(asked, openid, data)
    kit.cloud.faults.clear()
  }
}

/** What the app keeps, shows and asks for. */
async function onThePhone(): Promise<void> {
  const openid = 'oSomebody-on-a-phone'
  keep('openid', openid)
  const code = await kit.phoneCode(openid, PHONE)
  keep('phoneCode', code)
  const phone = Phone.of(kit, openid)
  phone.clock.aheadMilliseconds = kit.cloud.clock.offsetMilliseconds
  await phone.launch()
  await new Traveller(kit, openid, phone, () => {}).save()
  phone.tap('.consent >>> .box')
  phone.tapPhoneButton({ code, errMsg: 'getPhoneNumber:ok' })
  await phone.settle()
  const stored = [...phone.storage]
  const token = (phone.storage.get('login') as { login?: { token?: string } } | undefined)?.login?.token
  expect(token).toMatch(/^eyJ/)
  keep('token', token)
  note(
    'the phone’s storage',
    stored.map(([name, value]) => [name, JSON.stringify(value).replaceAll(token ?? '', '')]),
  )
  note('the phone’s page', phone.text)
  note('the phone’s toasts and addresses', [phone.toasts, phone.navigations])
  phone.switchOff()
  removeCompiled()
}

/** What is there when all is over. */
async function collectWhatStays(): Promise<void> {
  const account = await kit.loginWithCode('oSomebody-last', PHONE)
  keep('token', account.token)
  await new AccountKit(kit, 'oSomebody-last', account.token).setAvatar()
  const token = makeAdminToken(kit.variables, 'alice', kit.cloud.clock.now())
  keep('admin token', token)
  for (const phone of [PHONE, '138 0013 8765', '+86-138-0013-8765', '+85291234567']) {
    keep('phone number', phone)
    look('admin find', await kit.call('admin', undefined, { token, action: 'find', phone }))
  }
  await kit.login('oSomebody-last', { phoneCode: 'none', consent: { version: CONSENT } })
  for (const { name } of kit.cloud.database.collections()) {
    for (const { openid, ...document } of kit.documents(name)) {
      // The one place that is meant to hold it.
      note(`a document of ${name}`, name === 'users' ? document : { openid, ...document })
    }
  }
  const { calls } = await kit.control.get<{ calls: { logs: unknown }[] }>('calls?limit=1000')
  for (const { logs, ...call } of calls) {
    note('the log of a function', logs)
    note('the list of calls in the console', call)
  }
}

it('was a broad run', () => {
  const kinds = new Set(secrets.values())
  const expected = ['secret', 'phone number', 'openid', 'token', 'admin token', 'ticket', 'phoneCode']
  expect([...kinds]).toEqual(expect.arrayContaining(expected))
  expect(written.filter(({ where }) => where === 'the log of a function').length).toBeGreaterThan(100)
  expect(written.filter(({ where }) => where === 'an address').length).toBeGreaterThan(300)
})

it('would find what is there', () => {
  note('a trap', `…${PHONE}…`)
  const all = found()
  written.pop()
  expect(all).toContain('phone number in a trap')
})

it('finds no number, token, code, ticket, openid or secret where it is not meant to be', () => {
  expect(found()).toEqual([])
})

function found(): string[] {
  const all = new Set<string>()
  for (const { where, text } of written) {
    for (const [secret, kind] of secrets) if (text.includes(secret)) all.add(`${kind} in ${where}`)
  }
  return [...all]
}
