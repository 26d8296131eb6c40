import type { CloudKit } from '../cloud-kit.ts'

export interface CloudCall {
  name: string
  data: Record<string, unknown>
}

/** In the place of an answer: none will ever come, and nobody is to wait for it. */
export const UNANSWERED = Symbol('unanswered')

/** What the cloud, or the network on the way to it, makes of a call: resolves as WeChat does, or throws. */
export type Deliver = (call: CloudCall) => Promise<unknown>

export const OFFLINE = {
  errCode: -601001,
  errMsg: 'cloud.callFunction:fail Error: errCode: -601001 | errMsg: request:fail',
}

export const offline: Deliver = () => Promise.reject(OFFLINE)

/** The functions of dist/ in the embedded cloud, and their failures as WeChat's client tells them. */
export function realCloud(kit: CloudKit, openid: string): Deliver {
  return async ({ name, data }) => {
    const { result, errCode, errMsg } = await kit.invoke(name, openid, data)
    if (errMsg !== undefined) throw { errCode, errMsg }
    return { result, errMsg: 'cloud.callFunction:ok' }
  }
}
