import type { TestCloud } from '../../test-cloud.ts'
import { type FunctionCall, LOST_CALL } from '../phone-calls.ts'

/** Instead of an answer: none comes, and `settle` does not wait for it. */
export const UNANSWERED = Symbol('unanswered')

/** What the cloud, or the network on the way to it, makes of a call: resolves as WeChat does, or throws. */
export type CloudNetwork = (call: FunctionCall) => Promise<unknown>

export const offline: CloudNetwork = () => Promise.reject(LOST_CALL)

/** The functions of a cloud, and their failures in the form of WeChat's client. */
export function cloudNetwork(cloud: TestCloud, openid: string): CloudNetwork {
  return async ({ name, data }) => {
    const { result, errCode, errMsg, requestID } = await cloud.invoke(name, openid, data)
    if (errMsg !== undefined) throw { errCode, errMsg }
    return { result, errMsg: 'cloud.callFunction:ok', requestID }
  }
}
