import type { Answer } from '../contract/answer.ts'
import type { CheckTokenData } from '../contract/check-token.ts'
import type { CurrentConsentVersion } from '../contract/consent.ts'
import type { LoginData } from '../contract/login.ts'
import type { ControlClient } from './control-client.ts'

const OPENID = 'oDemoUser-0000000000000001'
const CONSENT: CurrentConsentVersion = '2026-11-01'
const LATENCY_MILLISECONDS = 20
const DEVICE = { model: 'iPhone 15 Pro', platform: 'ios' }

interface Call {
  sequentialRoundTrips: number
  durationMilliseconds: number
  coldStart: boolean
}

/**
 * Logs one WeChat user in, step by step, and shows each step on the terminal.
 * @throws Error when a step does not end as it should
 */
export async function walkOneLogin(control: ControlClient, print: (line: string) => void): Promise<void> {
  // Round trips are felt only when each takes a while, as in the cloud.
  await control.post('latency', { milliseconds: LATENCY_MILLISECONDS })
  try {
    await walk(control, print)
  } finally {
    await control.post('latency', { milliseconds: 0 })
  }
}

async function walk(control: ControlClient, print: (line: string) => void): Promise<void> {
  print(
    `每次往返模拟 ${LATENCY_MILLISECONDS} ms 网络延迟 · every round trip is given ${LATENCY_MILLISECONDS} ms`,
  )
  print('\n1  用户点击「手机号快捷登录」并允许 · the user taps the phone button')
  const { code } = await control.post<{ code: string }>('phone-code', {
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

  print('\n3  管理员在云开发控制台看到的 users 文档 · what an admin sees in `users`')
  const filter = encodeURIComponent(JSON.stringify({ _id: first.userInfo.id }))
  const { documents } = await control.get<{ documents: Record<string, unknown>[] }>(
    `collections/users/documents?filter=${filter}`,
  )
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
  const call = await control.post<{ result?: Answer<Data>; errMsg?: string }>('invoke', {
    function: name,
    openid: OPENID,
    data,
  })
  if (call.result?.code === 200) return call.result.data
  const why = call.result ? `${call.result.reason} ${call.result.message}` : call.errMsg
  throw new Error(`${name}: ${why}`)
}

async function cost(control: ControlClient): Promise<string> {
  const { calls } = await control.get<{ calls: Call[] }>('calls?limit=1')
  const [call] = calls
  if (!call) return ''
  const start = call.coldStart ? '冷启动 cold' : '热 warm'
  return `   ${call.sequentialRoundTrips} 次顺序往返 sequential round trips · ${Math.round(call.durationMilliseconds)} ms · ${start}`
}

/** The document with its long values cut, so that it fits a terminal. */
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
