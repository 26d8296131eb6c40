import type { LoggedCall } from '../../../control/interface.ts'

/** How a call has ended, in the words of its answer: code and reason, or the platform's error code. */
export interface Outcome {
  kind: 'good' | 'refused' | 'failed' | 'running'
  text: string
  reason?: string
}

/** An answer's `code` is read as HTTP's, and 0 as good. An answer without a code is good. */
export function outcomeOf({ error, result, durationMilliseconds }: LoggedCall): Outcome {
  if (error) return { kind: 'failed', text: String(error.errCode), reason: String(error.errCode) }
  if (durationMilliseconds === undefined) return { kind: 'running', text: '…' }
  const { code, reason } = (typeof result === 'object' && result !== null ? result : {}) as {
    code?: unknown
    reason?: unknown
  }
  if (typeof code !== 'number') return { kind: 'good', text: 'ok' }
  const kind = code === 0 || (code >= 200 && code < 300) ? 'good' : code >= 500 ? 'failed' : 'refused'
  if (typeof reason !== 'string') return { kind, text: String(code) }
  return { kind, text: `${code} ${reason}`, reason }
}

const LOOKS = { good: 'good', refused: 'warn', failed: 'bad', running: '' } as const

export function OutcomeBadge({ call }: { call: LoggedCall }) {
  const { kind, text } = outcomeOf(call)
  return <span class={`badge ${LOOKS[kind]}`}>{text}</span>
}

/** `action` of the event, for functions that do several things. */
export function actionOf({ event }: LoggedCall): string | undefined {
  const action = typeof event === 'object' && event !== null && 'action' in event ? event.action : undefined
  return typeof action === 'string' ? action : undefined
}

/** Such as `12 ms`; 进行中 while it runs. */
export function durationOf({ durationMilliseconds }: LoggedCall): string {
  return durationMilliseconds === undefined ? '进行中…' : `${Math.round(durationMilliseconds)} ms`
}

const SOURCES: Readonly<Record<string, string>> = {
  console: '云端测试',
  wx_trigger: '定时触发',
  wx_http: 'HTTP',
}

/** Who called, where no person did. */
export function sourceName(source: string): string {
  return SOURCES[source] ?? (source.endsWith(',scf') ? '云函数' : source)
}
