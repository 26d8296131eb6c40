import { ApiFailure } from '../app/api-failure.ts'
import { isNetworkFailure } from '../device/control.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'

/** As a phone's network is reported by the cloud's client. */
const NETWORK_ERROR = -601001

/** `wx.cloud`: the same functions that would be deployed, called as this phone's person. */
export function cloudApis({ device }: WxContext): WxApis {
  let isOpen = false
  return {
    init() {
      isOpen = true
    },
    callFunction: asynchronous('cloud.callFunction', async (options) => {
      if (!isOpen) {
        throw new ApiFailure('Cloud API isn’t enabled, please call wx.cloud.init first', { errCode: -601034 })
      }
      const name = options.text('name')
      if (name === '') throw new ApiFailure('parameter.name should be non-empty String', { errCode: -601002 })
      const end = await call(name, options.value('data') ?? {})
      if ('errCode' in end) throw new ApiFailure(end.errMsg, { errCode: end.errCode })
      return end
    }),
  }

  async function call(name: string, data: unknown) {
    try {
      return await device.control.callFunction(name, device.identity.openid, data)
    } catch (error) {
      if (!isNetworkFailure(error)) throw error
      throw new ApiFailure(`request:fail -2:${error.message}`, { errCode: NETWORK_ERROR })
    }
  }
}
