import type { CallLog } from './call-log.ts'
import type { Clock } from './clock.ts'
import type { CopiedTests } from './copied-test/copied-tests.ts'
import type { ClientDatabase } from './database/client-database.ts'
import type { Database } from './database/database.ts'
import type { EventBus } from './event-bus.ts'
import type { Example } from './example/example.ts'
import type { Faults } from './faults.ts'
import type { CloudFigures } from './figures/figures.ts'
import type { FunctionCatalog } from './functions/function-catalog.ts'
import type { Functions } from './functions/functions.ts'
import type { Inspector } from './functions/inspect/inspector.ts'
import type { StoppedTime } from './functions/inspect/stopped-time.ts'
import type { NodeChoice } from './functions/node/node-choice.ts'
import type { FunctionPackages } from './functions/packages/function-packages.ts'
import type { HttpAccess } from './http-access/http-access.ts'
import type { Notes } from './notes.ts'
import type { CloudIds } from './openapi/cloud-ids.ts'
import type { LaunchLinks } from './openapi/launch-links.ts'
import type { LoginCodes } from './openapi/login-codes.ts'
import type { OpenApi } from './openapi/openapi.ts'
import type { PhoneCodes } from './openapi/phone-codes.ts'
import type { Subscriptions } from './openapi/subscriptions.ts'
import type { WechatUsers } from './openapi/wechat-users.ts'
import type { Operations } from './operations/operations.ts'
import type { PageErrors } from './page-errors.ts'
import type { EnvironmentPermissions } from './permissions/environment-permissions.ts'
import type { Scheduler } from './scheduler/scheduler.ts'
import type { ClientStorage } from './storage/client-storage.ts'
import type { FileServer } from './storage/file-server.ts'
import type { Files } from './storage/files.ts'
import type { Storage } from './storage/storage.ts'
import type { AllowedHosts } from './web/allowed-hosts.ts'
import type { WebGateway } from './web/gateway.ts'
import type { WebRequestLog } from './web/request-log.ts'
import type { SocketGateway } from './web/socket-gateway.ts'
import type { SdkEndpoint } from './wire/sdk-endpoint.ts'

/** The services of a running cloud. */
export interface CloudServices {
  appid: string
  clock: Clock
  events: EventBus
  callLog: CallLog
  copiedTests: CopiedTests
  figures: CloudFigures
  operations: Operations
  example: Example
  database: Database
  clientDatabase: ClientDatabase
  permissions: EnvironmentPermissions
  /** What works differently in the cloud, or is not supported. */
  notes: Notes
  pageErrors: PageErrors
  catalog: FunctionCatalog
  packages: FunctionPackages
  nodes: NodeChoice
  functions: Functions
  stoppedTime: StoppedTime
  /** Present when functions can be debugged. */
  inspector?: Inspector
  openapi: OpenApi
  users: WechatUsers
  phoneCodes: PhoneCodes
  cloudIds: CloudIds
  files: Files
  fileServer: FileServer
  storage: Storage
  loginCodes: LoginCodes
  subscriptions: Subscriptions
  /** Codes and links that functions have made. */
  launchLinks: LaunchLinks
  allowedHosts: AllowedHosts
  webRequests: WebRequestLog
  webGateway: WebGateway
  socketGateway: SocketGateway
  clientStorage: ClientStorage
  faults: Faults
  scheduler: Scheduler
  sdkEndpoint: SdkEndpoint
  httpAccess: HttpAccess
}
