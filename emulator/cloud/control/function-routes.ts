import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import type { CallResult, DeployedFunction } from '../../control/calls.ts'
import { sequentialRoundTrips } from '../call-log.ts'
import type { CloudServices } from '../cloud-services.ts'
import { invocationDenied } from '../functions/failure.ts'
import type { InvocationEnd } from '../functions/invocation-end.ts'
import { mayInvoke } from '../rules/function-rules.ts'
import type { PausedInvocation } from '../scheduler/paused-invocation.ts'
import { type BodySchema, ControlError, countSchema, openidSchema, parse, type Routes } from './route.ts'

function asClientResult(end: InvocationEnd): CallResult {
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
}) satisfies BodySchema<'POST invoke'>
const releaseInput = v.object({ operation: v.string() }) satisfies BodySchema<'POST holds/:id/release'>
const timerInput = v.object({
  function: v.string(),
  trigger: v.optional(v.string()),
}) satisfies BodySchema<'POST timer'>

/**
 * Calls a function as a mini-program does; without an openid, as the console's 云端测试 does. `source` names any other
 * caller as the platform would; `fromOpenid` is a person of a mini-program that shares the environment.
 */
async function invoke(cloud: CloudServices, input: unknown) {
  const { name, data, caller } = readCall(cloud, input)
  if (caller.source === 'wx_client' && !mayInvoke(cloud.permissions.functions, name)) {
    return asClientResult({ requestId: randomUUID(), failure: invocationDenied(name) })
  }
  return asClientResult(await cloud.functions.invoke(name, data, caller))
}

function readCall({ users, appid, cloudIds }: CloudServices, input: unknown) {
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

/** The same as `invoke`, but every request of the call waits until it is released. */
async function startPaused(cloud: CloudServices, input: unknown) {
  const { name, data, caller } = readCall(cloud, input)
  const call = cloud.scheduler.start(name, data, caller)
  await call.untilQuiescent()
  return { id: cloud.scheduler.register(call), ...stateOf(call) }
}

function findPaused({ scheduler }: CloudServices, id: string | undefined): PausedInvocation {
  const call = scheduler.find(id ?? '')
  if (!call) throw new ControlError(404, 'no such held call')
  return call
}

/** The names of the requests that wait, and the result once there is one. */
function stateOf(call: PausedInvocation) {
  const waiting = call.waiting.map(({ name }) => name)
  return { waiting, ...(call.end ? { end: asClientResult(call.end) } : {}) }
}

async function release(cloud: CloudServices, input: unknown, { id }: Record<string, string>) {
  const call = findPaused(cloud, id)
  const { operation } = parse(releaseInput, input)
  if (!call.waiting.some(({ name }) => name === operation)) {
    throw new ControlError(404, 'no such request is waiting')
  }
  await call.release(operation)
  return stateOf(call)
}

/** Runs a function's timer as if its hour had come: the first, or the one of that name. */
async function fireTimer({ functions, catalog, clock, appid }: CloudServices, input: unknown) {
  const { function: name, trigger: wanted } = parse(timerInput, input)
  const timers = catalog.find(name)?.triggers.filter(({ type }) => type === 'timer') ?? []
  const trigger = timers.find((candidate) => wanted === undefined || candidate.name === wanted)
  if (!trigger) throw new ControlError(404, `${name} has no timer trigger ${wanted ?? ''}`.trim())
  const time = new Date(clock.now()).toISOString()
  const event = { Type: 'Timer', TriggerName: trigger.name, Time: time, Message: '' }
  return asClientResult(await functions.invoke(name, event, { source: 'wx_trigger', appid }))
}

/** Without their variables, which may hold secrets. */
function listFunctions({ catalog, packages, nodes }: CloudServices): { functions: DeployedFunction[] } {
  const definitions = catalog.names().flatMap((name) => catalog.find(name) ?? [])
  const functions = definitions.map((definition) => {
    const { name, timeoutSeconds, memoryMegabytes, openapiPermissions, triggers, http, runtime } = definition
    return {
      name,
      timeoutSeconds,
      memoryMegabytes,
      openapiPermissions,
      triggers,
      missingPackages: packages.missingOf(definition),
      node: nodes.choose(runtime).version,
      ...(runtime === undefined ? {} : { runtime }),
      ...(http === undefined ? {} : { http }),
    }
  })
  return { functions }
}

const callsQuery = v.object({ limit: v.optional(countSchema, '100'), since: v.optional(countSchema, '0') })

/** `edition` differs once the log has been cleared: what the asker has of it before is over. */
function listCalls({ callLog }: CloudServices, input: unknown) {
  const { limit, since } = parse(callsQuery, input)
  const { revision, edition, repeatable } = callLog
  return {
    calls: callLog.list(limit, since).map((call) => ({
      ...call,
      sequentialRoundTrips: sequentialRoundTrips(call.roundTrips),
      isRepeatable: repeatable.has(call.requestId),
    })),
    revision,
    edition,
  }
}

/** The event stays in the cloud: the log has it masked. */
async function repeat(cloud: CloudServices, _input: unknown, { requestId = '' }: Record<string, string>) {
  const call = cloud.callLog.repeatable.find(requestId)
  if (!call)
    throw new ControlError(404, '这次调用的参数已不在内存中 · the event of this call is no longer kept')
  const { functionName, caller, event } = call
  if (caller.source === 'wx_client' && !mayInvoke(cloud.permissions.functions, functionName)) {
    throw new ControlError(403, `安全规则不允许小程序调用 ${functionName} · the rules deny it`)
  }
  const end = await cloud.functions.invoke(functionName, event, caller)
  return { requestId: end.requestId }
}

async function copyAsTest(
  { copiedTests }: CloudServices,
  _input: unknown,
  parameters: Record<string, string>,
) {
  const test = await copiedTests.of(parameters['requestId'] ?? '')
  if (!test) throw new ControlError(404, '记录里没有这次调用 · the log does not have this call')
  return test
}

export const functionRoutes = {
  'POST invoke': { handle: invoke },
  'POST holds': { handle: startPaused },
  'GET holds/:id': { handle: (cloud, _input, { id }) => stateOf(findPaused(cloud, id)) },
  'POST holds/:id/release': { handle: release },
  'POST timer': { handle: fireTimer },
  'GET calls': { handle: listCalls },
  'POST calls/:requestId/repeat': { handle: repeat },
  'POST calls/:requestId/test': { handle: copyAsTest, isQuiet: true },
  'DELETE calls': { handle: ({ callLog }) => callLog.clear() },
  'GET functions': { handle: listFunctions },
  'GET notes': { handle: ({ notes }) => ({ notes: notes.list() }) },
  'DELETE instances': { handle: ({ functions }) => functions.endInstances() },
} satisfies Partial<Routes>
