import { ApiFailure } from '../app/api-failure.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'
import { clientDatabase } from './client-database.ts'
import { CloudId, packData } from './cloud-data.ts'
import { answerOf } from './cloud-failure.ts'
import { cloudStorageApis } from './cloud-storage.ts'

/** `wx.cloud`: the same functions and files that would be deployed, for this phone's person. */
export function cloudApis(context: WxContext): WxApis {
  const { control, identity, errors } = context.device
  let isOpen = false
  const requireOpen = () => {
    if (isOpen) return
    throw new ApiFailure('Cloud API isn’t enabled, please call wx.cloud.init first', { errCode: -601034 })
  }
  return {
    init() {
      isOpen = true
    },
    callFunction: asynchronous('cloud.callFunction', async (options) => {
      requireOpen()
      const name = options.text('name')
      if (name === '') throw new ApiFailure('parameter.name should be non-empty String', { errCode: -601002 })
      const { data, cloudIDs } = packData(options.value('data'), errors)
      return answerOf(control.callFunction(name, identity.openid, data, cloudIDs))
    }),
    CloudID: (cloudID: unknown) => new CloudId(String(cloudID)),
    database: () => clientDatabase(),
    ...cloudStorageApis(context, requireOpen),
  }
}
