import { createHash } from 'node:crypto'
import { sequentialRoundTrips } from '../../cloud/call-log.ts'
import type { Invocation, ThrownError } from '../../control/invocation.ts'

/** What a line says of a call: nothing that is secret. */
export interface CallSummary {
  function: string
  action?: string
  /** See {@link accountName}. */
  who: string
  /** Of the answer, or the error's number. */
  code?: number
  reason?: string
  /** Whether the function has thrown, run out of time or answered as a server that failed. */
  isFailed: boolean
  /** Whether it has refused the call. */
  isRefused: boolean
  milliseconds: number
  roundTrips: { sequential: number; all: number }
  isColdStart: boolean
}

const ACTION = /^[A-Za-z][\w.-]{0,39}$/
const REASON = /^[A-Z][A-Z0-9_]{1,59}$/

export function summarize(call: Invocation): CallSummary {
  const { functionName, event, result, error, durationMilliseconds = 0, roundTrips } = call
  const action = fieldOf(event, 'action')
  const code = error?.errCode ?? codeOf(result)
  const reason = [fieldOf(result, 'reason'), fieldOf(result, 'code')].find(
    (text) => typeof text === 'string' && REASON.test(text),
  )
  return {
    function: functionName,
    ...(typeof action === 'string' && ACTION.test(action) ? { action } : {}),
    who: callerName(call),
    ...(code === undefined ? {} : { code }),
    ...(typeof reason === 'string' ? { reason } : {}),
    isFailed: error !== undefined || (code !== undefined && code >= 500 && code < 600),
    isRefused: code !== undefined && code >= 400 && code < 500,
    milliseconds: Math.round(durationMilliseconds),
    roundTrips: { sequential: sequentialRoundTrips(roundTrips), all: roundTrips.length },
    isColdStart: call.coldStart === true,
  }
}

/** `微信 k3f9`, always the same for the same WeChat account. */
export function accountName(openid: string): string {
  return `微信 ${shortHash(openid)}`
}

/** A WeChat account, or the platform's own callers by their names. */
function callerName({ openid, source }: Pick<Invocation, 'openid' | 'source'>): string {
  if (openid !== undefined) return accountName(openid)
  if (source.endsWith(',scf') || source === 'scf') return '云函数 function'
  return NAMES[source] ?? source.slice(0, 20)
}

const NAMES: Readonly<Record<string, string>> = {
  console: '控制台 console',
  wx_trigger: '定时器 timer',
  wx_http: 'HTTP',
  wx_client: '微信 WeChat',
}

/** What a call has thrown that no line of its log says already. */
export function unloggedError({ error, logs }: Invocation): ThrownError | undefined {
  const { thrown } = error ?? {}
  const text = JSON.stringify(thrown)
  return logs.some((line) => line.thrown !== undefined && JSON.stringify(line.thrown) === text)
    ? undefined
    : thrown
}

/** Four letters and digits. */
function shortHash(openid: string): string {
  return BigInt(`0x${createHash('sha256').update(openid).digest('hex').slice(0, 12)}`)
    .toString(36)
    .padStart(4, '0')
    .slice(-4)
}

/** `code` of an answer, or WeChat's own number of an error. */
function codeOf(result: unknown): number | undefined {
  const code = fieldOf(result, 'code')
  if (typeof code === 'number') return code
  const errCode = fieldOf(result, 'errCode') ?? fieldOf(result, 'errcode')
  return typeof errCode === 'number' && errCode !== 0 ? errCode : undefined
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return (value as Record<string, unknown>)[name]
}
