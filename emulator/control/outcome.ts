import type { Invocation } from './invocation.ts'

/** How a call has ended, in the words of its answer: code and reason, or the platform's error code. */
export interface Outcome {
  kind: 'good' | 'refused' | 'failed' | 'running'
  text: string
  reason?: string
}

/** An answer's `code` is read as HTTP's, and 0 as good. An answer without a code is good. */
export function outcomeOf({
  error,
  result,
  durationMilliseconds,
}: Pick<Invocation, 'error' | 'result' | 'durationMilliseconds'>): Outcome {
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

/** `action` of the event, for functions that do several things. */
export function actionOf({ event }: Pick<Invocation, 'event'>): string | undefined {
  const action = typeof event === 'object' && event !== null && 'action' in event ? event.action : undefined
  return typeof action === 'string' ? action : undefined
}
