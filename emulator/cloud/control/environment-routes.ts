import * as v from 'valibot'
import type { Fault } from '../../control/fault.ts'
import type { CloudServices } from '../cloud-services.ts'
import { type BodySchema, ControlError, parse, type Routes } from './route.ts'

const clockInput = v.object({
  advanceSeconds: v.optional(v.pipe(v.number(), v.finite()), 0),
  /** Back to the machine's own time first. */
  reset: v.optional(v.boolean(), false),
}) satisfies BodySchema<'POST clock'>
const latencyInput = v.object({
  milliseconds: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(60_000)),
}) satisfies BodySchema<'POST latency'>
const resetInput = v.object({
  keepInstances: v.optional(v.boolean(), false),
}) satisfies BodySchema<'POST reset'>
const scanLimitInput = v.object({
  /** null takes the limit away. */
  maximumScannedDocuments: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
}) satisfies BodySchema<'POST scan-limit'>

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
        'call-lost',
        'answer-lost',
      ]),
    }),
  ]),
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
}) satisfies BodySchema<'POST faults'>

/** Later years have more digits than many programs read. */
const LAST_TIME = Date.parse('9999-12-31T23:59:59Z')

function clockState({ clock, stoppedTime }: CloudServices) {
  return {
    now: new Date(clock.now()).toISOString(),
    offsetSeconds: clock.offsetMilliseconds / 1000,
    isStopped: stoppedTime.isStopped,
  }
}

function moveClock(cloud: CloudServices, input: unknown) {
  const { advanceSeconds, reset } = parse(clockInput, input)
  const offset = reset ? 0 : cloud.clock.offsetMilliseconds
  const time = Date.now() + offset + advanceSeconds * 1000
  if (!(time >= 0 && time <= LAST_TIME)) throw new ControlError(400, 'a clock goes from 1970 to 9999')
  if (reset) cloud.clock.reset()
  cloud.clock.advance(advanceSeconds)
  return clockState(cloud)
}

function setLatency({ sdkEndpoint }: CloudServices, input: unknown) {
  sdkEndpoint.latencyMilliseconds = parse(latencyInput, input).milliseconds
  return { milliseconds: sdkEndpoint.latencyMilliseconds }
}

function scanLimit({ database }: CloudServices) {
  return { maximumScannedDocuments: database.maximumScannedDocuments ?? null }
}

function setScanLimit(cloud: CloudServices, input: unknown) {
  cloud.database.maximumScannedDocuments = parse(scanLimitInput, input).maximumScannedDocuments ?? undefined
  return scanLimit(cloud)
}

/** Forgets everything: a cloud as if never used. */
function reset(cloud: CloudServices, input: unknown): void {
  const { keepInstances } = parse(resetInput, input)
  const { functions, scheduler, clock } = cloud
  scheduler.releaseAll()
  if (keepInstances) functions.endBusyInstances()
  else functions.endInstances()
  const kept = [
    cloud.database,
    cloud.users,
    cloud.phoneCodes,
    cloud.files,
    cloud.callLog,
    cloud.faults,
    cloud.loginCodes,
    cloud.subscriptions,
    cloud.launchLinks,
    cloud.figures,
    cloud.webRequests,
    cloud.permissions,
    cloud.pageErrors,
    cloud.example,
  ]
  for (const service of kept) service.clear()
  clock.reset()
}

export const environmentRoutes = {
  'GET clock': { handle: clockState },
  'POST clock': { handle: moveClock },
  'GET latency': {
    handle: ({ sdkEndpoint }) => ({ milliseconds: sdkEndpoint.latencyMilliseconds }),
  },
  'POST latency': { handle: setLatency },
  'GET scan-limit': { handle: scanLimit },
  'POST scan-limit': { handle: setScanLimit },
  'GET faults': { handle: ({ faults }) => ({ faults: faults.list() }) },
  'POST faults': {
    handle: ({ faults }, input) => {
      faults.add(parse(faultInput, input) as Fault)
    },
  },
  'DELETE faults': { handle: ({ faults }) => faults.clear() },
  'POST reset': { handle: reset },
} satisfies Partial<Routes>
