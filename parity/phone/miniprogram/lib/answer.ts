import { maskText } from './mask'

/** JSON without anything personal: what a question has brought. */
export type Answer = null | boolean | number | string | Answer[] | { [field: string]: Answer }

const KEY = 'parity-answers'
const OUTCOME = ['errMsg', 'errCode', 'errno', 'statusCode'] as const

/** Names and outcome of an answer of WeChat's, without its values: codes and numbers are among those. */
export function describe(result: unknown): Answer {
  if (typeof result !== 'object' || result === null) return { type: result === null ? 'null' : typeof result }
  const fields = result as Readonly<Record<string, unknown>>
  const answer: Record<string, Answer> = { fields: Object.keys(fields).sort() }
  for (const name of OUTCOME) {
    const value = fields[name]
    if (typeof value === 'string') answer[name] = maskText(value)
    if (typeof value === 'number') answer[name] = value
  }
  return answer
}

/** The answer of a promise of WeChat's, whichever way it ends. */
export async function outcome(promise: Promise<unknown>): Promise<Answer> {
  try {
    return { ok: describe(await promise) }
  } catch (error) {
    return { fail: describe(error) }
  }
}

/** All answers so far, by the names of the questions. */
export function answers(): Record<string, Answer> {
  return wx.getStorageSync(KEY) || {}
}

export function record(name: string, answer: Answer): void {
  wx.setStorageSync(KEY, { ...answers(), [name]: answer })
}

export function forget(): void {
  wx.removeStorageSync(KEY)
}

/** The text to paste into a file for `npm run parity -- compare`: `{ kind, …, answers: { <name>: { value } } }`. */
export function answerFile(): string {
  const { platform } = wx.getDeviceInfo()
  const { SDKVersion: library, version } = wx.getAppBaseInfo()
  const about = { kind: 'parity-phone', version: 1, platform, library, wechat: version }
  const named = Object.entries(answers()).map(([name, value]) => [name, { value }] as const)
  return JSON.stringify({ ...about, answers: Object.fromEntries(named.sort()) }, null, 2)
}
