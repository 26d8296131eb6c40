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
  }
  where(condition: object): { count(): Promise<{ total: number }> }
}

/** Aims the real, unbundled wx-server-sdk of this process at an embedded cloud. */
export function sdkDatabase(sdkUrl: string): SdkDatabase {
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
  return cloud.database({ throwOnNotFound: false })
}
