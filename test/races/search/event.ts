import { digest } from './digest.ts'
import type { ActionRequest } from './request.ts'

/** A request that an action has issued, with its answer once it has one. */
export interface ActionEvent {
  request: ActionRequest
  /** Identifies the chain of events whose answers led to this one. */
  cause: string
  answer?: string
}

/** @returns the history with the requests that followed the answer to `cause`; without a cause, the first requests */
export function withRequests(
  history: readonly ActionEvent[],
  requests: readonly ActionRequest[],
  cause?: ActionEvent,
): ActionEvent[] {
  const chain = cause ? digest(`${cause.cause} ${cause.request.fingerprint}`) : ''
  const added = requests.map((request, index) => {
    const { fingerprint } = request
    const alike = requests.slice(0, index).filter((other) => other.fingerprint === fingerprint).length
    return { request, cause: `${chain} ${alike}` }
  })
  return [...history, ...added]
}

export function withAnswer(
  history: readonly ActionEvent[],
  event: ActionEvent,
  answer: string,
): ActionEvent[] {
  return history.map((other) => (other === event ? { ...event, answer } : other))
}

const digestsOfHistories = new WeakMap<readonly ActionEvent[], string>()

/** Equal for equal events in any order. Events with equal requests are told apart by their causes. */
export function historyDigest(history: readonly ActionEvent[]): string {
  const known = digestsOfHistories.get(history) ?? digest(textOf(history))
  digestsOfHistories.set(history, known)
  return known
}

function textOf(history: readonly ActionEvent[]): string {
  const counts = new Map<string, number>()
  for (const { request } of history) {
    counts.set(request.fingerprint, (counts.get(request.fingerprint) ?? 0) + 1)
  }
  const texts = history.map(({ request, cause, answer }) => {
    const isOnly = counts.get(request.fingerprint) === 1
    return `${request.fingerprint} ${isOnly ? '' : cause} ${answer ?? 'unanswered'}`
  })
  return texts.sort().join('\n')
}
