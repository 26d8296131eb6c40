import { ApiFailure } from '../services/api-failure.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'
import { CloudId, packData } from './cloud-data.ts'
import { requireAnswer } from './cloud-failure.ts'
import { cloudStorageApis } from './cloud-storage.ts'
import { DatabaseConnection } from './database/connection.ts'
import { createDatabase } from './database/database.ts'

/** `wx.cloud`: calls functions and uses files as this phone's WeChat user. */
export function cloudApis(context: WxContext): WxApis {
  const { control, identity, errors, cloudDatabase } = context.device
  let isInitialized = false
  const requireInit = () => {
    if (isInitialized) return
    throw new ApiFailure('Cloud API isn’t enabled, please call wx.cloud.init first', { errCode: -601034 })
  }
  const connection = new DatabaseConnection(cloudDatabase, errors, requireInit)
  const apis: WxApis = {
    callFunction: asynchronous('cloud.callFunction', async (options) => {
      requireInit()
      const name = options.text('name')
      if (name === '') throw new ApiFailure('parameter.name should be non-empty String', { errCode: -601002 })
      const { data, cloudIDs } = packData(options.value('data'), errors)
      return requireAnswer(control.callFunction(name, identity.openid, data, cloudIDs))
    }),
    CloudID: (cloudID: unknown) => new CloudId(String(cloudID)),
    database: (options?: unknown) => createDatabase(connection, errors, options),
    ...cloudStorageApis(context, requireInit),
  }
  const init = () => {
    isInitialized = true
  }
  return { ...apis, init, Cloud: cloudClass(apis, init) }
}

/** `new wx.cloud.Cloud({ resourceAppid, resourceEnv })`: a shared environment, which here is the only one there is. */
function cloudClass(apis: WxApis, init: () => void) {
  return class Cloud {
    constructor() {
      Object.assign(this, apis)
    }

    async init(): Promise<void> {
      init()
    }
  }
}
