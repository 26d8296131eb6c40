import { createRequire } from 'node:module'

/** What tests use of the real SDK outside any function; its own typings do not fit what it does. */
export interface SdkDatabase {
  collection(name: string): SdkCollection
  createCollection(name: string): Promise<unknown>
  runTransaction<Result>(work: (transaction: SdkDatabase) => Promise<Result>): Promise<Result>
}

export interface SdkCollection {
  add(options: { data: object }): Promise<{ _id: string }>
  doc(id: string): {
    get(): Promise<{ data: Record<string, unknown> | null }>
    set(options: { data: object }): Promise<unknown>
    remove(): Promise<unknown>
  }
  where(condition: object): { count(): Promise<{ total: number }> }
}

export interface SdkClient {
  database(options?: object): SdkDatabase
  uploadFile(options: { cloudPath: string; fileContent: Buffer }): Promise<{ fileID: string }>
  downloadFile(options: { fileID: string }): Promise<{ fileContent: Buffer }>
  cloudPay: Record<string, (parameters: object) => Promise<unknown>>
  callOpenAPI(options: { api: string; data?: object }): Promise<unknown>
  openapi: Record<string, Record<string, (parameters: object) => Promise<unknown>>> & {
    phonenumber: { getPhoneNumber(parameters: object): Promise<unknown> }
  }
}

/** Aims the real, unbundled wx-server-sdk of this process at an embedded cloud, from outside any function. */
export function outsideClient(sdkUrl: string): SdkClient {
  Object.assign(process.env, {
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: sdkUrl }),
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    TENCENTCLOUD_SECRETID: 'test',
    TENCENTCLOUD_SECRETKEY: 'test',
    SCF_NAMESPACE: 'local-cloud',
    SILENCE: 'true',
  })
  const cloud = createRequire(import.meta.url)('wx-server-sdk')
  cloud.init({ env: 'local-cloud' })
  return cloud
}

export function sdkDatabase(sdkUrl: string): SdkDatabase {
  return outsideClient(sdkUrl).database({ throwOnNotFound: false })
}
