import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ChangeOrigin } from '../../control/documents.ts'
import type { Fault } from '../../control/fault.ts'
import type { RoundTrip } from '../../control/invocation.ts'
import type { Database } from '../database/database.ts'
import { CloudError, invalidParameter } from '../errors.ts'
import type { EventBus } from '../event-bus.ts'
import type { Faults } from '../faults.ts'
import type { Follow } from '../follow/follow.ts'
import type { RequestGate } from '../functions/call-observer.ts'
import type { Functions } from '../functions/functions.ts'
import { sequenceOf } from '../functions/request-levels.ts'
import type { RunningInvocation } from '../functions/running-invocation.ts'
import type { Notes } from '../notes.ts'
import { encodeAnswer, encodeResponse } from '../openapi/messages.ts'
import type { OpenApi, OpenApiRequest } from '../openapi/openapi.ts'
import type { Storage } from '../storage/storage.ts'
import { DataFolderUnwritable } from '../store.ts'
import { FaultInjector } from './inject-fault.ts'
import { parseJson } from './json-depth.ts'
import { type Fields, readFields } from './request-body.ts'
import { until } from './until.ts'

const WRITING_ACTIONS = /^database\.(?!get|calculate|aggregate|start)/

export interface SdkServices {
  database: Database
  functions: Functions
  openapi: OpenApi
  storage: Storage
  faults: Faults
  events: EventBus
  /** The appid of the mini-program, for calls from outside any function. */
  appid: string
  notes: Notes
  environmentId: string
  follow: Follow
}

/** The one address every request of wx-server-sdk goes to; the field `action` says what it is about. */
export class SdkEndpoint {
  /** Delays every request by this time after its arrival, as a network would. */
  latencyMilliseconds = 0
  readonly #services: SdkServices

  constructor(services: SdkServices) {
    this.#services = services
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID()
    const startedAt = performance.now()
    let trip: RoundTrip | undefined
    let gate: RequestGate | undefined
    let answer: Fields | Buffer | undefined
    let injector: FaultInjector | undefined
    try {
      const fields = await readFields(request)
      const invocation = this.#invocationOf(fields)
      this.#noteOtherEnvironment(fields, invocation)
      const sequence = sequenceOf(request.url ?? '')
      trip = {
        requestId,
        ...describe(fields),
        ...(sequence === undefined ? {} : { sequence }),
        startedAt,
        endedAt: startedAt,
      }
      invocation?.record.roundTrips.push(trip)
      gate = invocation?.observer?.addRequest({ ...describe(fields), fields }, orderOf(request))
      await gate?.released
      if (this.latencyMilliseconds > 0) await until(startedAt + this.latencyMilliseconds)
      const fault = this.#services.faults.take(trip, invocation)
      injector = new FaultInjector(fault, { request, response, kill: () => invocation?.kill() })
      if (await injector.injectBefore()) return
      answer = fault
        ? await this.#answerFault(fault, fields, invocation, requestId)
        : await this.#answer(fields, invocation, requestId, gate)
      trip.endedAt = performance.now()
      if (WRITING_ACTIONS.test(trip.action)) this.#services.events.emit('database')
      if (injector.injectAfter()) return
      if (Buffer.isBuffer(answer)) answerBytes(response, answer)
      else answerJson(response, { ...answer, requestId })
    } catch (error) {
      const failure = this.#services.follow.error(trip?.action ?? '', asCloudError(error))
      if (trip) Object.assign(trip, { endedAt: performance.now(), code: failure.code })
      answer = { code: failure.code, message: failure.message }
      // A refusal can be lost on its way like any other answer.
      if (injector?.injectAfter()) return
      answerJson(response, { ...answer, requestId })
    } finally {
      gate?.recordAnswer(answer)
    }
  }

  #invocationOf(fields: Fields): RunningInvocation | undefined {
    const { functions } = this.#services
    return functions.running(fields['wxCloudApiToken']) ?? functions.running(fields['tcb_sessionToken'])
  }

  /** Every environment that a function names is this one. */
  #noteOtherEnvironment({ envName }: Fields, invocation: RunningInvocation | undefined): void {
    const { notes, environmentId } = this.#services
    if (!invocation || typeof envName !== 'string' || envName === '' || envName === environmentId) return
    const { name, entry } = invocation.definition
    const shownName = envName.slice(0, 64)
    notes.add({
      message: `云函数 ${name} 用环境 ${shownName}：模拟器只有一个环境，都算它 · environment ${shownName}: here each environment is this one`,
      file: entry,
    })
  }

  async #answer(
    fields: Fields,
    invocation: RunningInvocation | undefined,
    requestId: string,
    gate?: RequestGate,
  ): Promise<Fields | Buffer> {
    const { database, storage } = this.#services
    const action = fields['action']
    if (typeof action !== 'string') throw invalidParameter('action must be a string')
    if (action.startsWith('database.'))
      return database.handle(action, fields, {
        origin: originOf(invocation),
        onWait: (isWaiting) => (isWaiting ? gate?.block() : gate?.unblock()),
      })
    if (action.startsWith('storage.')) return storage.handle(action, fields)
    if (action === 'functions.invokeFunction') return this.#callFunction(fields, invocation)
    if (action === 'wx.api') return this.#callOldOpenApi(fields, invocation, requestId)
    if (action === 'wx.openApi') return this.#callOpenApi(fields, invocation, requestId)
    if (action === 'wx.wxPayApi') return this.#pay(fields, invocation, requestId)
    throw invalidParameter(`${action.slice(0, 64)} is not supported by the embedded cloud`)
  }

  /** @throws CloudError for a fault that is one */
  async #answerFault(
    fault: Fault['answer'],
    fields: Fields,
    invocation: RunningInvocation | undefined,
    requestId: string,
  ): Promise<Fields | Buffer> {
    switch (fault.kind) {
      case 'error':
        throw new CloudError(fault.code, fault.message)
      case 'openapi':
        return encodeAnswer({ errcode: fault.errcode, errmsg: `${fault.errmsg}, rid: ${requestId}` })
      case 'openapi-system':
        return encodeResponse({ errorCode: fault.errorCode })
      default:
        return this.#answer(fields, invocation, requestId)
    }
  }

  async #callFunction(fields: Fields, invocation: RunningInvocation | undefined): Promise<Fields> {
    const name = fields['function_name']
    if (typeof name !== 'string') throw invalidParameter('function_name must be a string')
    // A function called by a function learns nothing of the person who called the first.
    const source = invocation ? `${invocation.caller.source},scf` : 'scf'
    const caller = { source, appid: invocation?.caller.appid ?? this.#services.appid }
    const end = await this.#services.functions.invoke(
      name,
      jsonOf(fields['request_data'], 'request_data'),
      caller,
    )
    if (end.failure) throw new CloudError(end.failure.code, end.failure.message)
    return { data: { response_data: end.json } }
  }

  async #callOldOpenApi(
    fields: Fields,
    invocation: RunningInvocation | undefined,
    requestId: string,
  ): Promise<Fields> {
    const { apiName, requestData } = fields
    if (typeof apiName !== 'string') throw invalidParameter('apiName must be a string')
    const parameters = jsonOf(requestData, 'requestData')
    const request = openApiRequest(invocation, requestId)
    const answer = await this.#services.openapi.call(apiName, parameters as Fields, request)
    return { data: { responseData: JSON.stringify(answer) } }
  }

  async #callOpenApi(
    fields: Fields,
    invocation: RunningInvocation | undefined,
    requestId: string,
  ): Promise<Buffer> {
    const { apiName, requestData } = fields
    if (typeof apiName !== 'string') throw invalidParameter('apiName must be a string')
    if (!Buffer.isBuffer(requestData)) throw invalidParameter('requestData must be bytes')
    return this.#services.openapi.handle(apiName, requestData, openApiRequest(invocation, requestId))
  }

  async #pay(fields: Fields, invocation: RunningInvocation | undefined, requestId: string): Promise<Buffer> {
    const { apiName, requestData } = fields
    if (typeof apiName !== 'string') throw invalidParameter('apiName must be a string')
    return this.#services.openapi.pay(apiName, requestData, openApiRequest(invocation, requestId))
  }
}

function originOf(invocation: RunningInvocation | undefined): ChangeOrigin {
  if (!invocation) return { kind: 'sdk' }
  const { requestId, functionName } = invocation.record
  return { kind: 'call', requestId, functionName }
}

function openApiRequest(invocation: RunningInvocation | undefined, requestId: string): OpenApiRequest {
  return {
    permissions: invocation?.definition.openapiPermissions,
    requestId,
    log: (text) => invocation?.log(text),
  }
}

/** The SDK numbers its requests in the order in which it makes them; two connections may deliver them in another. */
function orderOf(request: IncomingMessage): number {
  const [, number = ''] = /[?&]seqId=[^&]*_([0-9a-f]+)(?:&|$)/.exec(request.url ?? '') ?? []
  return number === '' ? 0 : Number.parseInt(number, 16)
}

/** What a field holds as JSON text; nothing is an empty object. */
function jsonOf(text: unknown, name: string): unknown {
  if (text === undefined || text === '') return {}
  try {
    if (typeof text === 'string') return parseJson(text) ?? {}
  } catch (error) {
    if (error instanceof CloudError) throw error
    // Refused below, as a field that is no text.
  }
  throw invalidParameter(`${name} must be JSON text`)
}

function describe(fields: Fields): { action: string; target: string } {
  const target =
    fields['collectionName'] ?? fields['apiName'] ?? fields['function_name'] ?? fields['path'] ?? ''
  return { action: shown(fields['action']).slice(0, 64), target: shown(target).slice(0, 128) }
}

/** The name of a field in the log; empty unless the field is text or a number. */
function shown(field: unknown): string {
  return typeof field === 'string' || typeof field === 'number' ? String(field) : ''
}

function asCloudError(error: unknown): CloudError {
  if (error instanceof CloudError) return error
  if (error instanceof DataFolderUnwritable) return new CloudError('SYS_ERR', error.message)
  // A defect of the embedded cloud itself: the SDK hears what the platform would say, the terminal hears all.
  console.error(error)
  return new CloudError('SYS_ERR', 'internal error of the embedded cloud')
}

function answerBytes(response: ServerResponse, bytes: Buffer): void {
  response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes)
}

function answerJson(response: ServerResponse, body: Fields): void {
  // The SDK takes an openapi answer for JSON only if the type is exactly this text.
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}
