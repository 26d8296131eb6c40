import type { CallLog } from './call-log.ts'
import type { Changes } from './changes.ts'
import type { Clock } from './clock.ts'
import type { Database } from './database/database.ts'
import type { Faults } from './faults.ts'
import type { FunctionCatalog } from './functions/catalog.ts'
import type { Functions } from './functions/functions.ts'
import type { Gate } from './gate/gate.ts'
import type { CloudIds } from './openapi/cloud-ids.ts'
import type { PhoneCodes } from './openapi/phone-codes.ts'
import type { WechatUsers } from './openapi/wechat-users.ts'
import type { ClientStorage } from './storage/client-storage.ts'
import type { Files } from './storage/files.ts'
import type { Storage } from './storage/storage.ts'
import type { SdkEndpoint } from './wire/sdk-endpoint.ts'

/** The rooms of a running cloud, for those who look after it. */
export interface CloudParts {
  appid: string
  clock: Clock
  changes: Changes
  callLog: CallLog
  database: Database
  catalog: FunctionCatalog
  functions: Functions
  users: WechatUsers
  phoneCodes: PhoneCodes
  cloudIds: CloudIds
  files: Files
  storage: Storage
  clientStorage: ClientStorage
  faults: Faults
  gate: Gate
  sdkEndpoint: SdkEndpoint
}
