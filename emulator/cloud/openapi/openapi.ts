import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { CloudError } from '../errors.ts'
import type { CloudIds } from './cloud-ids.ts'
import {
  type ApiRequest,
  decodeCloudIds,
  decodeRequest,
  encodeAnswer,
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
}

/** WeChat's JSON: `errcode` 0 and data in snake_case, or an `errcode` and `errmsg`. */
export type OpenApiAnswer = { errcode: number; errmsg: string } & Record<string, unknown>

export type OpenApiHandler = (parameters: Record<string, unknown>, call: OpenApiCall) => OpenApiAnswer

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

  /**
   * @param bytes the request's `requestData`
   * @param permissions what the calling function's config.json allows; undefined for a client outside any
   *   function, which may call everything, like a developer's local debugging
   * @returns the answer's body
   */
  handle(
    apiName: string,
    bytes: Uint8Array,
    permissions: readonly string[] | undefined,
    requestId: string,
  ): Buffer {
    const request = decode(bytes)
    if (request.svrkitData) return this.#callInternal(request.svrkitData)
    const parameters = parametersOf(request.openapiData?.pairs ?? [])
    const answer = this.call(apiName, parameters, permissions, requestId)
    // Errors of 云调用 itself travel beside WeChat's answer, not inside it.
    if (answer.errcode === NO_SUCH_API || answer.errcode === NO_PERMISSION) {
      return encodeResponse({ errorCode: answer.errcode })
    }
    return encodeAnswer(answer)
  }

  /** The same without protobuf, as the older `cloud.callOpenAPI` asks: WeChat's JSON as it is. */
  call(
    apiName: string,
    parameters: Record<string, unknown>,
    permissions: readonly string[] | undefined,
    requestId: string,
  ): OpenApiAnswer {
    const { handlers, clock, appid } = this.#options
    const handler = Object.hasOwn(handlers, apiName) ? handlers[apiName] : undefined
    if (!handler) return { errcode: NO_SUCH_API, errmsg: 'no such api' }
    if (permissions && !permissions.includes(apiName)) {
      return { errcode: NO_PERMISSION, errmsg: 'has no permission to call this api' }
    }
    const answer = handler(parameters, { requestId, appid, now: clock.now() })
    return answer.errcode === 0 ? answer : { ...answer, errmsg: `${answer.errmsg}, rid: ${requestId}` }
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

function decode(bytes: Uint8Array): ApiRequest {
  try {
    return decodeRequest(bytes)
  } catch {
    throw new CloudError('INVALID_PARAM', 'requestData is not a valid message')
  }
}

/** Each argument travels as JSON text; what is not JSON is the bytes of a file. */
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
