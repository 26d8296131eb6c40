import * as v from 'valibot'
import { sequentialRoundTrips } from '../call-log.ts'
import type { CloudParts } from '../cloud-parts.ts'
import type { InvocationEnd } from '../functions/invocation-end.ts'
import type { HeldInvocation } from '../gate/held-invocation.ts'
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
  fromOpenid: v.optional(openidSchema),
  source: v.optional(v.string()),
  data: v.optional(v.unknown(), {}),
  cloudIDs: v.optional(v.record(v.string(), v.string()), {}),
})

/**
 * Calls a function as a mini-program does; without an openid, as the console's 云端测试 does. `source` names any other
 * caller as the platform would; `fromOpenid` is a person of a mini-program that shares the environment.
 */
async function invoke(cloud: CloudParts, input: unknown) {
  const { name, data, caller } = beginning(cloud, input)
  return asClientResult(await cloud.functions.invoke(name, data, caller))
}

function beginning({ users, appid, cloudIds }: CloudParts, input: unknown) {
  const { function: name, openid, unionid, fromOpenid, source, data, cloudIDs } = parse(invokeInput, input)
  if (openid !== undefined) users.touch(openid)
  const openData = Object.entries(cloudIDs).map(
    ([key, cloudID]) => [key, JSON.parse(cloudIds.resolve(cloudID))] as const,
  )
  const caller = {
    source: source ?? (openid === undefined && fromOpenid === undefined ? 'console' : 'wx_client'),
    appid,
    ...(openid === undefined ? {} : { openid }),
    ...(unionid === undefined ? {} : { unionid }),
    ...(openData.length === 0 ? {} : { openDataKeys: openData.map(([key]) => key) }),
    ...(fromOpenid === undefined ? {} : { fromOpenid }),
  }
  return { name, data: openData.length === 0 ? data : withOpenData(data, openData), caller }
}

/** What a mini-program hands over as `wx.cloud.CloudID` is its open data by the time that the function sees it. */
function withOpenData(data: unknown, openData: readonly (readonly [string, unknown])[]): unknown {
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data)
  return isObject ? { ...data, ...Object.fromEntries(openData) } : data
}

/** The same as `invoke`, but every request of the call waits to be let go. */
async function hold(cloud: CloudParts, input: unknown) {
  const { name, data, caller } = beginning(cloud, input)
  const held = cloud.gate.start(name, data, caller)
  await held.still()
  return { id: cloud.gate.keep(held), ...stateOf(held) }
}

function findHeld({ gate }: CloudParts, id: string | undefined): HeldInvocation {
  const held = gate.find(id ?? '')
  if (!held) throw new ControlError(404, 'no such held call')
  return held
}

/** What the call waits at, and its result once there is one. */
function stateOf(held: HeldInvocation) {
  const waiting = held.waiting.map(({ name }) => name)
  return { waiting, ...(held.end ? { end: asClientResult(held.end) } : {}) }
}

async function release(cloud: CloudParts, input: unknown, { id }: Record<string, string>) {
  const held = findHeld(cloud, id)
  const { operation } = parse(v.object({ operation: v.string() }), input)
  if (!held.waiting.some(({ name }) => name === operation)) {
    throw new ControlError(404, 'no such request is waiting')
  }
  await held.release(operation)
  return stateOf(held)
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
  { method: 'POST', path: 'holds', handle: hold },
  { method: 'GET', path: 'holds/:id', handle: (cloud, _input, { id }) => stateOf(findHeld(cloud, id)) },
  { method: 'POST', path: 'holds/:id/release', handle: release },
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
