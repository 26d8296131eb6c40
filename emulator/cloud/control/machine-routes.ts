import * as v from 'valibot'
import type { CloudParts } from '../cloud-parts.ts'
import type { Fault } from '../faults.ts'
import { ControlError, parse, type Route } from './route.ts'

const clockInput = v.object({
  advanceSeconds: v.optional(v.pipe(v.number(), v.finite()), 0),
  /** Back to the machine's own time first. */
  reset: v.optional(v.boolean(), false),
})
const latencyInput = v.object({
  milliseconds: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(60_000)),
})
const scanLimitInput = v.object({
  /** null takes the limit away. */
  maximumScannedDocuments: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
})

const faultInput = v.object({
  action: v.optional(v.string()),
  target: v.optional(v.string()),
  openid: v.optional(v.string()),
  operation: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  answer: v.variant('kind', [
    v.object({ kind: v.literal('error'), code: v.string(), message: v.string() }),
    v.object({ kind: v.literal('openapi'), errcode: v.number(), errmsg: v.string() }),
    v.object({ kind: v.literal('openapi-system'), errorCode: v.number() }),
    v.object({
      kind: v.literal('slow'),
      milliseconds: v.pipe(v.number(), v.minValue(0), v.maxValue(60_000)),
    }),
    v.object({
      kind: v.literal('http-error'),
      status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
    }),
    v.object({
      kind: v.picklist([
        'hang',
        'hang-after',
        'reset',
        'reset-after',
        'garbage',
        'kill',
        'kill-after',
        'function-timeout',
      ]),
    }),
  ]),
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
})

/** Later years have more digits than many programs read. */
const LAST_TIME = Date.parse('9999-12-31T23:59:59Z')

function clockState({ clock }: CloudParts) {
  return { now: new Date(clock.now()).toISOString(), offsetSeconds: clock.offsetMilliseconds / 1000 }
}

function moveClock(cloud: CloudParts, input: unknown) {
  const { advanceSeconds, reset } = parse(clockInput, input)
  const offset = reset ? 0 : cloud.clock.offsetMilliseconds
  const time = Date.now() + offset + advanceSeconds * 1000
  if (!(time >= 0 && time <= LAST_TIME)) throw new ControlError(400, 'a clock goes from 1970 to 9999')
  if (reset) cloud.clock.reset()
  cloud.clock.advance(advanceSeconds)
  return clockState(cloud)
}

function setLatency({ sdkEndpoint }: CloudParts, input: unknown) {
  sdkEndpoint.latencyMilliseconds = parse(latencyInput, input).milliseconds
  return { milliseconds: sdkEndpoint.latencyMilliseconds }
}

function scanLimit({ database }: CloudParts) {
  return { maximumScannedDocuments: database.maximumScannedDocuments ?? null }
}

function setScanLimit(cloud: CloudParts, input: unknown) {
  cloud.database.maximumScannedDocuments = parse(scanLimitInput, input).maximumScannedDocuments ?? undefined
  return scanLimit(cloud)
}

/** Forgets everything: a cloud as if never used. */
function reset({
  functions,
  database,
  users,
  phoneCodes,
  files,
  callLog,
  faults,
  gate,
  clock,
}: CloudParts): void {
  gate.clear()
  functions.endInstances()
  for (const room of [database, users, phoneCodes, files, callLog, faults]) room.clear()
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
  { method: 'GET', path: 'scan-limit', handle: scanLimit },
  { method: 'POST', path: 'scan-limit', handle: setScanLimit },
  { method: 'GET', path: 'faults', handle: ({ faults }) => ({ faults: faults.list() }) },
  {
    method: 'POST',
    path: 'faults',
    handle: ({ faults }, input) => {
      faults.add(parse(faultInput, input) as Fault)
    },
  },
  { method: 'DELETE', path: 'faults', handle: ({ faults }) => faults.clear() },
  { method: 'POST', path: 'reset', handle: reset },
]
