import * as v from 'valibot'
import type { CloudParts } from '../cloud-parts.ts'
import { parse, type Route } from './route.ts'

const clockInput = v.object({
  advanceSeconds: v.optional(v.pipe(v.number(), v.finite()), 0),
  /** Back to the machine's own time first. */
  reset: v.optional(v.boolean(), false),
})
const latencyInput = v.object({
  milliseconds: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(60_000)),
})

function clockState({ clock }: CloudParts) {
  return { now: new Date(clock.now()).toISOString(), offsetSeconds: clock.offsetMilliseconds / 1000 }
}

function moveClock(cloud: CloudParts, input: unknown) {
  const { advanceSeconds, reset } = parse(clockInput, input)
  if (reset) cloud.clock.reset()
  cloud.clock.advance(advanceSeconds)
  return clockState(cloud)
}

function setLatency({ sdkEndpoint }: CloudParts, input: unknown) {
  sdkEndpoint.latencyMilliseconds = parse(latencyInput, input).milliseconds
  return { milliseconds: sdkEndpoint.latencyMilliseconds }
}

/** Forgets everything: a cloud as if never used. */
function reset({ functions, database, users, phoneCodes, files, callLog, clock }: CloudParts): void {
  functions.endInstances()
  for (const room of [database, users, phoneCodes, files, callLog]) room.clear()
  clock.reset()
}

export const machineRoutes: readonly Route[] = [
  { method: 'GET', path: 'clock', handle: clockState },
  { method: 'POST', path: 'clock', handle: moveClock },
  {
    method: 'GET',
    path: 'latency',
    handle: ({ sdkEndpoint }) => ({ milliseconds: sdkEndpoint.latencyMilliseconds }),
  },
  { method: 'POST', path: 'latency', handle: setLatency },
  { method: 'POST', path: 'reset', handle: reset },
]
