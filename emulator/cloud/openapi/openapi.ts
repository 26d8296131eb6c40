import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { CloudError } from '../errors.ts'
import type { CloudIds } from './cloud-ids.ts'
import {
  type ApiRequest,
  decodeCloudIds,
  decodeRequest,
  encodeAnswer,
  encodeAuthorization,
  encodeOpenData,
  encodeResponse,
  encodeSignature,
  type OpenApiPair,
} from './messages.ts'

/** The circumstances of one openapi call. */
export interface OpenApiCall {
  requestId: string
  appid: string
  /** Milliseconds since 1970 by the cloud's clock. */
  now: number
  /** Adds a line to the log of the function's call. */
  log(text: string): void
}

/** WeChat's JSON: `errcode` 0 and data in snake_case, or an `errcode` and `errmsg`. */
export type OpenApiAnswer = { errcode: number; errmsg: string } & Record<string, unknown>

/** A file that an api answers with, such as a picture. */
export interface OpenApiFile {
  contentType: string
  bytes: Uint8Array
}

type Result = OpenApiAnswer | OpenApiFile

/** @param parameters as WeChat gets them: names in snake_case, bytes of files as Buffers */
export type OpenApiHandler = (
  parameters: Record<string, unknown>,
  call: OpenApiCall,
) => Result | Promise<Result>

/** Who makes a call, and what it may. */
export interface OpenApiRequest {
  /**
   * What the calling function's config.json allows; undefined for a client outside any function, which may call
   * everything, like a developer's local debugging.
   */
  permissions: readonly string[] | undefined
  requestId: string
  /** Adds a line to the log of the function's call. */
  log(text: string): void
}

export interface OpenApiOptions {
  handlers: Readonly<Record<string, OpenApiHandler>>
  cloudIds: CloudIds
  clock: Clock
  appid: string
}

/** Errors of 云调用 itself, as the platform numbers them. */
const NO_SUCH_API = -604100
const NO_PERMISSION = -604101

/** `cloud.openapi.*` and its relatives: protobuf in, protobuf out. */
export class OpenApi {
  readonly #options: OpenApiOptions

  constructor(options: OpenApiOptions) {
    this.#options = options
  }

  /** Names of the apis that answer, such as `security.msgSecCheck`. */
  get names(): readonly string[] {
    return Object.keys(this.#options.handlers)
  }

  /**
   * @param bytes the request's `requestData`
   * @returns the answer's body
   */
  async handle(apiName: string, bytes: Uint8Array, request: OpenApiRequest): Promise<Buffer> {
    const message = decode(bytes)
    if (message.svrkitData) return this.#callInternal(message.svrkitData)
    if (message.tokenData) {
      request.log(
        `环境 ${message.tokenData.resourceEnv ?? ''} 属于别的小程序，模拟器里都算本机的 · of another mini-program: here each environment is this one`,
      )
      return encodeResponse({ respData: encodeAuthorization() })
    }
    const parameters = parametersOf(message.openapiData?.pairs ?? [])
    const answer = await this.call(apiName, parameters, request)
    if (isFile(answer)) return encodeResponse({ respData: answer.bytes, contentType: answer.contentType })
    // Errors of 云调用 itself travel beside WeChat's answer, not inside it.
    if (answer.errcode === NO_SUCH_API || answer.errcode === NO_PERMISSION) {
      return encodeResponse({ errorCode: answer.errcode })
    }
    return encodeAnswer(answer)
  }

  /** The same without protobuf, as the older `cloud.callOpenAPI` asks: WeChat's JSON as it is. */
  async call(apiName: string, parameters: Record<string, unknown>, request: OpenApiRequest): Promise<Result> {
    const { handlers, clock, appid } = this.#options
    const { requestId, permissions, log } = request
    const handler = Object.hasOwn(handlers, apiName) ? handlers[apiName] : undefined
    if (!handler) {
      log(
        `openapi ${apiName}：模拟器不支持，可在 emulator.config 的 openapi 里给出回答 · not supported: answer it in emulator.config, openapi`,
      )
      return { errcode: NO_SUCH_API, errmsg: 'no such api' }
    }
    if (permissions && !permissions.includes(apiName)) {
      log(
        `openapi ${apiName}：不在 config.json 的 permissions.openapi 里 · is not in permissions.openapi of config.json`,
      )
      return { errcode: NO_PERMISSION, errmsg: 'has no permission to call this api' }
    }
    const answer = await handler(parameters, { requestId, appid, now: clock.now(), log })
    if (isFile(answer) || answer.errcode === 0) return answer
    return { ...answer, errmsg: `${answer.errmsg}, rid: ${requestId}` }
  }

  /**
   * A call of `cloud.cloudPay`, which a project has to answer itself.
   * @param requestData the parameters as JSON
   * @throws CloudError INVALID_PARAM without such an answer
   */
  async pay(apiName: string, requestData: unknown, request: OpenApiRequest): Promise<Buffer> {
    const name = `cloudPay.${apiName}`
    const { handlers, clock, appid } = this.#options
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined
    if (!handler) {
      const reason = `${name}：模拟器不支持支付，可在 emulator.config 的 openapi 里给出回答 · not supported: answer it in emulator.config, openapi`
      request.log(reason)
      throw new CloudError('INVALID_PARAM', reason)
    }
    const { requestId, log } = request
    const answer = await handler(parseParameters(requestData), { requestId, appid, now: clock.now(), log })
    // The service of payments has no error numbers of WeChat's: a failure is the absence of an answer.
    if (isFile(answer)) return Buffer.from(answer.bytes)
    const { errcode, errmsg, ...data } = answer
    if (errcode !== 0) throw new CloudError('SYS_ERR', errmsg)
    return Buffer.from(JSON.stringify(data))
  }

  #callInternal({ apiName, reqData }: { apiName: string; reqData: Uint8Array }): Buffer {
    switch (apiName) {
      case 'ApiGetOpenDataByCloudId': {
        const { cloudIds } = this.#options
        const items = decodeCloudIds(reqData).map((cloudId) => ({ cloudId, json: cloudIds.resolve(cloudId) }))
        return encodeResponse({ respData: encodeOpenData(items) })
      }
      case 'ApiVoipSign':
      case 'GetCloudCallSign':
        // Only WeChat's own servers can check such a signature, so any text serves.
        return encodeResponse({ respData: encodeSignature(randomBytes(32).toString('hex')) })
      default:
        return encodeResponse({ svrkitErrorCode: NO_SUCH_API })
    }
  }
}

function isFile(answer: Result): answer is OpenApiFile {
  return 'bytes' in answer && answer['bytes'] instanceof Uint8Array
}

function parseParameters(requestData: unknown): Record<string, unknown> {
  try {
    return JSON.parse(String(requestData)) as Record<string, unknown>
  } catch {
    throw new CloudError('INVALID_PARAM', 'requestData is not JSON')
  }
}

function decode(bytes: Uint8Array): ApiRequest {
  try {
    return decodeRequest(bytes)
  } catch {
    throw new CloudError('INVALID_PARAM', 'requestData is not a valid message')
  }
}

/** Each argument travels as JSON text; an argument that is not JSON holds the bytes of a file. */
function parametersOf(pairs: readonly OpenApiPair[]): Record<string, unknown> {
  return Object.fromEntries(pairs.map((pair) => [pair.key, parameterOf(pair)]))
}

function parameterOf(pair: OpenApiPair): unknown {
  const bytes = Buffer.from(pair.value ?? [])
  if (pair.filename) return bytes
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return bytes
  }
}
