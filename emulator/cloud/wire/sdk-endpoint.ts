import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RoundTrip } from '../call-log.ts'
import type { Changes } from '../changes.ts'
import type { Database } from '../database/database.ts'
import { CloudError, invalidParameter } from '../errors.ts'
import type { Fault, Faults } from '../faults.ts'
import type { Functions, RunningInvocation } from '../functions/functions.ts'
import { sequenceOf } from '../functions/request-levels.ts'
import type { HeldOperation } from '../gate/held-operation.ts'
import { encodeAnswer, encodeResponse } from '../openapi/messages.ts'
import type { OpenApi } from '../openapi/openapi.ts'
import type { Storage } from '../storage/storage.ts'
import { DataFolderUnwritable } from '../store.ts'
import { type Fields, readFields } from './body.ts'
import { Damage } from './damage.ts'
import { parseJson } from './json-depth.ts'
import { until } from './until.ts'

const WRITING_ACTIONS = /^database\.(?!get|calculate|aggregate|start)/

export interface SdkServices {
  database: Database
  functions: Functions
  openapi: OpenApi
  storage: Storage
  faults: Faults
  changes: Changes
  /** The appid of the mini-program, for calls from outside any function. */
  appid: string
}

/** The one address every request of wx-server-sdk goes to; the field `action` says what it is about. */
export class SdkEndpoint {
  /** How long after its arrival every request is looked at, to feel like a network. */
  latencyMilliseconds = 0
  readonly #services: SdkServices

  constructor(services: SdkServices) {
    this.#services = services
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID()
    const startedAt = performance.now()
    let trip: RoundTrip | undefined
    let held: HeldOperation | undefined
    let answer: Fields | Buffer | undefined
    let damage: Damage | undefined
    try {
      const fields = await readFields(request)
      const invocation = this.#invocationOf(fields)
      const sequence = sequenceOf(request.url ?? '')
      trip = {
        requestId,
        ...describe(fields),
        ...(sequence === undefined ? {} : { sequence }),
        startedAt,
        endedAt: startedAt,
      }
      invocation?.record.roundTrips.push(trip)
      held = invocation?.held?.arrive({ ...describe(fields), fields }, orderOf(request))
      await held?.released
      if (this.latencyMilliseconds > 0) await until(startedAt + this.latencyMilliseconds)
      const fault = this.#services.faults.take(trip, invocation)
      damage = new Damage(fault, { request, response, kill: () => invocation?.kill() })
      if (await damage.isDoneBefore()) return
      answer = fault
        ? await this.#answerFault(fault, fields, invocation, requestId)
        : await this.#answer(fields, invocation, requestId, held)
      trip.endedAt = performance.now()
      if (WRITING_ACTIONS.test(trip.action)) this.#services.changes.tell('database')
      if (damage.isDoneAfter()) return
      if (Buffer.isBuffer(answer)) answerBytes(response, answer)
      else answerJson(response, { ...answer, requestId })
    } catch (error) {
      const failure = asCloudError(error)
      if (trip) Object.assign(trip, { endedAt: performance.now(), code: failure.code })
      answer = { code: failure.code, message: failure.message }
      // A refusal can be lost on its way like any other answer.
      if (damage?.isDoneAfter()) return
      answerJson(response, { ...answer, requestId })
    } finally {
      held?.answered(answer)
    }
  }

  #invocationOf(fields: Fields): RunningInvocation | undefined {
    const { functions } = this.#services
    return functions.running(fields['wxCloudApiToken']) ?? functions.running(fields['tcb_sessionToken'])
  }

  async #answer(
    fields: Fields,
    invocation: RunningInvocation | undefined,
    requestId: string,
    held?: HeldOperation,
  ): Promise<Fields | Buffer> {
    const { database, storage } = this.#services
    const action = fields['action']
    if (typeof action !== 'string') throw invalidParameter('action must be a string')
    if (action.startsWith('database.'))
      return database.handle(action, fields, (isWaiting) => (isWaiting ? held?.block() : held?.unblock()))
    if (action.startsWith('storage.')) return storage.handle(action, fields)
    if (action === 'functions.invokeFunction') return this.#callFunction(fields, invocation)
    if (action === 'wx.api') return this.#callOldOpenApi(fields, invocation, requestId)
    if (action === 'wx.openApi') return this.#callOpenApi(fields, invocation, requestId)
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

  #callOldOpenApi(fields: Fields, invocation: RunningInvocation | undefined, requestId: string): Fields {
    const { apiName, requestData } = fields
    if (typeof apiName !== 'string') throw invalidParameter('apiName must be a string')
    const parameters = jsonOf(requestData, 'requestData')
    const permissions = invocation?.definition.openapiPermissions
    const answer = this.#services.openapi.call(apiName, parameters as Fields, permissions, requestId)
    return { data: { responseData: JSON.stringify(answer) } }
  }

  #callOpenApi(fields: Fields, invocation: RunningInvocation | undefined, requestId: string): Buffer {
    const { apiName, requestData } = fields
    if (typeof apiName !== 'string') throw invalidParameter('apiName must be a string')
    if (!Buffer.isBuffer(requestData)) throw invalidParameter('requestData must be bytes')
    const permissions = invocation?.definition.openapiPermissions
    return this.#services.openapi.handle(apiName, requestData, permissions, requestId)
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
    // Said below, as for what is no text at all.
  }
  throw invalidParameter(`${name} must be JSON text`)
}

function describe(fields: Fields): { action: string; target: string } {
  const target =
    fields['collectionName'] ?? fields['apiName'] ?? fields['function_name'] ?? fields['path'] ?? ''
  return { action: shown(fields['action']).slice(0, 64), target: shown(target).slice(0, 128) }
}

/** A field as the log names it; what is no text has no name. */
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
