import type { LoggedCall } from '../../../control/interface.ts'
import { outcomeOf } from '../../../control/outcome.ts'

/** What is to be seen of the log; an empty text for everything. */
export interface CallFilter {
  functionName: string
  openid: string
  /** `good`, `refused`, `failed`, or a reason. */
  outcome: string
  /** Anywhere in event, answer, logs, errors and requests. */
  text: string
}

export const NO_FILTER: CallFilter = { functionName: '', openid: '', outcome: '', text: '' }

export function filterCalls(calls: readonly LoggedCall[], filter: CallFilter): readonly LoggedCall[] {
  const { functionName, openid, outcome } = filter
  const text = filter.text.trim().toLowerCase()
  if (!functionName && !openid && !outcome && !text) return calls
  return calls.filter(
    (call) =>
      (!functionName || call.functionName === functionName) &&
      (!openid || call.openid === openid) &&
      (!outcome || isOutcome(call, outcome)) &&
      (!text || textOf(call).includes(text)),
  )
}

function isOutcome(call: LoggedCall, wanted: string): boolean {
  const { kind, reason } = outcomeOf(call)
  return kind === wanted || reason === wanted
}

const texts = new WeakMap<LoggedCall, string>()

function textOf(call: LoggedCall): string {
  const known = texts.get(call)
  if (known !== undefined) return known
  const text = JSON.stringify(call).toLowerCase()
  texts.set(call, text)
  return text
}

/** The values that the calls have, each once, in order. */
export function choicesOf(calls: readonly LoggedCall[]) {
  const sorted = (values: (string | undefined)[]) =>
    [...new Set(values.flatMap((value) => value ?? []))].sort((a, b) => a.localeCompare(b))
  return {
    functionNames: sorted(calls.map(({ functionName }) => functionName)),
    openids: sorted(calls.map(({ openid }) => openid)),
    reasons: sorted(calls.map((call) => outcomeOf(call).reason)),
  }
}
