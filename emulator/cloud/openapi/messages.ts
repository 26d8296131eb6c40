import { createRequire } from 'node:module'
import type protobuf from 'protobufjs'

/**
 * The protobuf messages of `cloud.openapi`, `getOpenData` and the signing calls, with the field numbers of
 * wx-server-sdk's own compiled copy.
 */
const MESSAGES: protobuf.INamespace = {
  nested: {
    KeyValuePair: {
      fields: {
        key: { type: 'string', id: 1 },
        value: { type: 'bytes', id: 2 },
        contenttype: { type: 'string', id: 3 },
        filename: { type: 'string', id: 4 },
      },
    },
    OpenApiData: { fields: { pairs: { rule: 'repeated', type: 'KeyValuePair', id: 1 } } },
    SvrkitApiData: {
      fields: { apiName: { type: 'string', id: 1 }, reqData: { type: 'bytes', id: 2 } },
    },
    TokenApiData: {
      fields: { resourceAppid: { type: 'string', id: 1 }, resourceEnv: { type: 'string', id: 2 } },
    },
    TcbCredentials: {
      fields: {
        secretId: { type: 'string', id: 1 },
        secretKey: { type: 'string', id: 2 },
        token: { type: 'string', id: 3 },
      },
    },
    AuthorizationInfo: {
      fields: { tcbCredentials: { type: 'TcbCredentials', id: 1 }, wxParam: { type: 'bytes', id: 2 } },
    },
    CommApiData: {
      fields: {
        apiType: { type: 'int32', id: 1 },
        openapiData: { type: 'OpenApiData', id: 2 },
        svrkitData: { type: 'SvrkitApiData', id: 4 },
        tokenData: { type: 'TokenApiData', id: 5 },
        appid: { type: 'string', id: 6 },
      },
    },
    CommOpenApiResp: {
      fields: {
        respData: { type: 'bytes', id: 1 },
        contentType: { type: 'string', id: 2 },
        errorCode: { type: 'int32', id: 3 },
        httpCode: { type: 'uint32', id: 4 },
        svrkitErrorCode: { type: 'int32', id: 6 },
      },
    },
    ApiGetOpenDataByCloudIdReq: {
      fields: { cloudidList: { rule: 'repeated', type: 'string', id: 2 }, appid: { type: 'string', id: 3 } },
    },
    OpDataItem: { fields: { cloudId: { type: 'string', id: 1 }, json: { type: 'string', id: 2 } } },
    ApiGetOpenDataByCloudIdResp: {
      fields: { dataList: { rule: 'repeated', type: 'OpDataItem', id: 1 } },
    },
    SignatureResp: { fields: { signature: { type: 'string', id: 1 } } },
  },
}

let root: protobuf.Root | undefined

/** Loads the package at its first use. */
function messageType(name: string): protobuf.Type {
  if (!root) {
    const { Root } = createRequire(import.meta.url)('protobufjs') as typeof protobuf
    root = Root.fromJSON(MESSAGES)
  }
  return root.lookupType(name)
}

export interface OpenApiPair {
  key: string
  value: Uint8Array
  filename?: string
}

export interface ApiRequest {
  apiType: number
  openapiData?: { pairs: OpenApiPair[] }
  svrkitData?: { apiName: string; reqData: Uint8Array }
  /** Asks for access to the environment of another mini-program. */
  tokenData?: { resourceAppid?: string; resourceEnv?: string }
}

/** @throws Error when the bytes are not such a message */
export function decodeRequest(bytes: Uint8Array): ApiRequest {
  const type = messageType('CommApiData')
  return type.toObject(type.decode(bytes), { arrays: true }) as ApiRequest
}

export function decodeCloudIds(bytes: Uint8Array): string[] {
  const type = messageType('ApiGetOpenDataByCloudIdReq')
  return (type.toObject(type.decode(bytes), { arrays: true }) as { cloudidList: string[] }).cloudidList
}

export interface ApiResponse {
  respData?: Uint8Array
  contentType?: string
  errorCode?: number
  httpCode?: number
  svrkitErrorCode?: number
}

export function encodeResponse(response: ApiResponse): Buffer {
  return encode('CommOpenApiResp', { httpCode: 200, ...response })
}

/** An answer of WeChat's openapi: its JSON inside the message. */
export function encodeAnswer(answer: Record<string, unknown>): Buffer {
  return encodeResponse({
    respData: Buffer.from(JSON.stringify(answer)),
    contentType: 'application/json; charset=utf-8',
  })
}

export function encodeOpenData(items: { cloudId: string; json: string }[]): Buffer {
  return encode('ApiGetOpenDataByCloudIdResp', { dataList: items })
}

/** Access to another environment, which nobody checks here. */
export function encodeAuthorization(): Buffer {
  const tcbCredentials = { secretId: 'local', secretKey: 'local', token: 'local' }
  return encode('AuthorizationInfo', { tcbCredentials, wxParam: Buffer.from('local') })
}

export function encodeSignature(signature: string): Buffer {
  return encode('SignatureResp', { signature })
}

function encode(name: string, message: Record<string, unknown>): Buffer {
  const type = messageType(name)
  return Buffer.from(type.encode(type.fromObject(message)).finish())
}
