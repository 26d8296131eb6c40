import type { ControlClient } from 'wechat-cloud-emulator/control'
import { databaseName } from '../../../cloudfunctions/shared/database/collection-names.ts'
import type { Answer } from '../../../contract/answer.ts'
import type { CheckTokenData } from '../../../contract/check-token.ts'
import type { CurrentConsentVersion } from '../../../contract/consent.ts'
import type { LoginData } from '../../../contract/login.ts'

const USERS = databaseName('users')
const OPENID = 'oDemoUser-0000000000000001'
const CONSENT: CurrentConsentVersion = '2026-11-28'
const LATENCY_MILLISECONDS = 20
const DEVICE = { model: 'iPhone 15 Pro', platform: 'ios' }

/**
 * Logs one WeChat user in, step by step, and shows each step on the terminal.
 * @throws Error if a step fails
 */
export async function demonstrateLogin(control: ControlClient, print: (line: string) => void): Promise<void> {
  // Round trips are noticed only when each takes some time, as in the cloud.
  await control.post('latency', { milliseconds: LATENCY_MILLISECONDS })
  try {
    await runSteps(control, print)
  } finally {
    await control.post('latency', { milliseconds: 0 })
  }
}

async function runSteps(control: ControlClient, print: (line: string) => void): Promise<void> {
  print(
    `每次往返模拟 ${LATENCY_MILLISECONDS} ms 网络延迟 · every round trip is given ${LATENCY_MILLISECONDS} ms`,
  )
  print('\n1  用户点击「同意并登录」并允许 · the user taps the phone button')
  const { code } = await control.post('phone-code', {
    openid: OPENID,
    phoneNumber: '13800138000',
  })
  print(`   phone code ${code.slice(0, 8)}…（5 分钟内有效，仅一次 · good for 5 minutes, once）`)

  print('\n2  小程序调用云函数 login · the mini-program calls login')
  const first = await invoke<LoginData>(control, 'login', {
    phoneCode: code,
    consent: { version: CONSENT },
    device: DEVICE,
  })
  print(indent({ ...first, token: shorten(first.token) }))
  print(await cost(control))

  print(`\n3  管理员在云开发控制台看到的 ${USERS} 文档 · what an admin sees in \`${USERS}\``)
  const filter = encodeURIComponent(JSON.stringify({ _id: first.userInfo.id }))
  const { documents } = await control.get(`collections/${USERS}/documents?filter=${filter}`)
  print(indent(forPeople(documents[0])))

  print('\n4  下次打开小程序：checkToken · the next launch checks the token')
  const checked = await invoke<CheckTokenData>(control, 'checkToken', { token: first.token })
  print(indent(checked))
  print(await cost(control))

  print('\n5  令牌过期后静默登录，不再打扰用户 · silent login: no prompt, no paid call')
  const silent = await invoke<LoginData>(control, 'login', { device: DEVICE })
  print(indent({ ...silent, token: shorten(silent.token) }))
  print(await cost(control))
}

async function invoke<Data>(control: ControlClient, name: string, data: unknown): Promise<Data> {
  const request = { function: name, openid: OPENID, data }
  const call = (await control.post('invoke', request)) as { result?: Answer<Data>; errMsg?: string }
  if (call.result?.code === 200) return call.result.data
  const why = call.result ? `${call.result.reason} ${call.result.message}` : call.errMsg
  throw new Error(`${name}: ${why}`)
}

async function cost(control: ControlClient): Promise<string> {
  const { calls } = await control.get('calls?limit=1')
  const [call] = calls
  if (!call) return ''
  const start = call.coldStart ? '冷启动 cold' : '热 warm'
  return `   ${call.sequentialRoundTrips} 次顺序往返 sequential round trips · ${Math.round(call.durationMilliseconds ?? 0)} ms · ${start}`
}

/** The document with its long values cut to fit a terminal. */
function forPeople(document: Record<string, unknown> | undefined) {
  return JSON.parse(JSON.stringify(document ?? {}), (name, value) =>
    ['phoneCipher', 'phoneHash'].includes(name) && typeof value === 'string' ? shorten(value) : value,
  )
}

const shorten = (text: string) => `${text.slice(0, 12)}…`

function indent(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => `   ${line}`)
    .join('\n')
}
