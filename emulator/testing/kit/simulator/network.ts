import type { TestCloud } from '../../test-cloud.ts'

export interface CloudCall {
  name: string
  data: Record<string, unknown>
}

/** Instead of an answer: none comes, and `settle` does not wait for it. */
export const UNANSWERED = Symbol('unanswered')

/** What the cloud, or the network on the way to it, makes of a call: resolves as WeChat does, or throws. */
export type CloudNetwork = (call: CloudCall) => Promise<unknown>

export const OFFLINE = {
  errCode: -601001,
  errMsg: 'cloud.callFunction:fail Error: errCode: -601001 | errMsg: request:fail',
}

export const offline: CloudNetwork = () => Promise.reject(OFFLINE)

/** The functions of a cloud, and their failures in the form of WeChat's client. */
export function cloudNetwork(cloud: TestCloud, openid: string): CloudNetwork {
  return async ({ name, data }) => {
    const { result, errCode, errMsg, requestID } = await cloud.invoke(name, openid, data)
    if (errMsg !== undefined) throw { errCode, errMsg }
    return { result, errMsg: 'cloud.callFunction:ok', requestID }
  }
}
