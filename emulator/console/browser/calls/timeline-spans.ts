import type { LoggedCall } from '../../../control/interface.ts'
import type { RoundTrip } from '../../../control/invocation.ts'

/** A stretch of a call, in milliseconds since it began. */
export interface Span {
  from: number
  to: number
}

export interface CallTimes {
  total: number
  /** Before an instance was ready: its start, or the wait for a busy one. Absent where none ever was. */
  waiting?: Span
  /** The instance's own time: until the call ended. */
  running?: Span
  requests: readonly RequestSpan[]
  logs: readonly number[]
  /** In the cloud, where requests that overlap count once, and in the function beside that. */
  cloudMilliseconds: number
  functionMilliseconds: number
}

export interface RequestSpan extends Span {
  trip: RoundTrip
  /** 1 for requests that wait for none; 1 more than the highest whose answer was read before. */
  level: number | undefined
  hasAnswer: boolean
}

/** Where the time of a call went; undefined for a call that still runs, or whose start is not known. */
export function timesOf(call: LoggedCall): CallTimes | undefined {
  const { startedAt, readyAt, durationMilliseconds: total } = call
  if (startedAt === undefined || total === undefined) return undefined
  const since = (at: number) => Math.min(Math.max(0, at - startedAt), total)
  const requests = call.roundTrips.map((trip) => spanOf(trip, since, total))
  const ready = readyAt === undefined ? undefined : since(readyAt)
  const cloudMilliseconds = lengthOfUnion(requests)
  return {
    total,
    ...(ready === undefined ? {} : { waiting: { from: 0, to: ready }, running: { from: ready, to: total } }),
    requests,
    logs: call.logs.flatMap(({ at }) => (at === undefined ? [] : since(at))),
    cloudMilliseconds,
    functionMilliseconds: Math.max(0, total - (ready ?? 0) - cloudMilliseconds),
  }
}

/** A request without an answer lasts to the end of the call. */
function spanOf(trip: RoundTrip, since: (at: number) => number, total: number): RequestSpan {
  const hasAnswer = trip.endedAt > trip.startedAt
  return {
    trip,
    level: trip.level,
    hasAnswer,
    from: since(trip.startedAt),
    to: hasAnswer ? since(trip.endedAt) : total,
  }
}

function lengthOfUnion(spans: readonly Span[]): number {
  let length = 0
  let end = 0
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    length += Math.max(0, to - Math.max(from, end))
    end = Math.max(end, to)
  }
  return length
}
