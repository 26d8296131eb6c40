import * as v from 'valibot'
import { sequentialRoundTrips } from '../call-log.ts'
import type { CloudParts } from '../cloud-parts.ts'
import type { InvocationEnd } from '../functions/functions.ts'
import { ControlError, countSchema, openidSchema, parse, type Route } from './route.ts'

/** What `wx.cloud.callFunction` gives a mini-program. */
function asClientResult(end: InvocationEnd) {
  if (!end.failure) return { result: JSON.parse(end.json), requestID: end.requestId }
  return { errCode: end.failure.errCode, errMsg: end.failure.clientMessage(end.requestId) }
}

const invokeInput = v.object({
  function: v.string(),
  openid: v.optional(openidSchema),
  unionid: v.optional(v.string()),
  source: v.optional(v.string()),
  data: v.optional(v.unknown(), {}),
})

/** Calls a function as a mini-program does; without an openid, as the console's 云端测试 does. */
async function invoke({ functions, users, appid }: CloudParts, input: unknown) {
  const { function: name, openid, unionid, source, data } = parse(invokeInput, input)
  if (openid !== undefined) users.touch(openid)
  const caller = {
    source: source ?? (openid === undefined ? 'console' : 'wx_client'),
    appid,
    ...(openid === undefined ? {} : { openid }),
    ...(unionid === undefined ? {} : { unionid }),
  }
  return asClientResult(await functions.invoke(name, data, caller))
}

/** Runs a function's timer as if its hour had come. */
async function fireTimer({ functions, catalog, clock, appid }: CloudParts, input: unknown) {
  const { function: name } = parse(v.object({ function: v.string() }), input)
  const trigger = catalog.find(name)?.triggers.find((candidate) => candidate.type === 'timer')
  if (!trigger) throw new ControlError(404, `${name} has no timer trigger`)
  const time = new Date(clock.now()).toISOString()
  const event = { Type: 'Timer', TriggerName: trigger.name, Time: time, Message: '' }
  return asClientResult(await functions.invoke(name, event, { source: 'wx_trigger', appid }))
}

function listCalls({ callLog }: CloudParts, input: unknown) {
  const { limit } = parse(v.object({ limit: v.optional(countSchema, '100') }), input)
  const calls = callLog.list(limit)
  return {
    calls: calls.map((call) => ({ ...call, sequentialRoundTrips: sequentialRoundTrips(call.roundTrips) })),
  }
}

export const functionRoutes: readonly Route[] = [
  { method: 'POST', path: 'invoke', handle: invoke },
  { method: 'POST', path: 'timer', handle: fireTimer },
  { method: 'GET', path: 'calls', handle: listCalls },
  { method: 'DELETE', path: 'calls', handle: ({ callLog }) => callLog.clear() },
  {
    method: 'GET',
    path: 'functions',
    handle: ({ catalog }) => ({ functions: catalog.names().map((name) => catalog.find(name)) }),
  },
  { method: 'DELETE', path: 'instances', handle: ({ functions }) => functions.endInstances() },
]
