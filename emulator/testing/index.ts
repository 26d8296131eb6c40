/** For tests: paused calls, injected faults, the call log, and the database without a running cloud. */

export type { Database, Document, ObservedQuery } from '../cloud/database/database.ts'
export { parseEjson } from '../cloud/database/values/ejson.ts'
export { CloudError } from '../cloud/errors.ts'
export type { InvocationEnd } from '../cloud/functions/invocation-end.ts'
export type { PausedInvocation } from '../cloud/scheduler/paused-invocation.ts'
export type { PausedOperation } from '../cloud/scheduler/paused-operation.ts'
export { ClientFiles } from './client-files.ts'
export type { FileChanges } from './kit/changed-mini-program.ts'
export type { Duration } from './kit/duration.ts'
export type {
  ApiReplacement,
  Choice,
  Dialog,
  MiniProgramScope,
  NumberWithheld,
  PersonOptions,
  Phone,
  Target,
} from './kit/phone.ts'
export {
  type CallFilter,
  type CallHandler,
  type FunctionCall,
  type HeldCall,
  LOST_CALL,
  NO_ANSWER,
  UPLOAD,
} from './kit/phone-calls.ts'
export type { Phones } from './kit/phones.ts'
export { type StartOptions, startProject } from './kit/start-project.ts'
export type { TestClock } from './kit/test-clock.ts'
export type { TestFaults } from './kit/test-faults.ts'
export type { TestProject } from './kit/test-project.ts'
export { KitError } from './kit-error.ts'
export { OfflineDatabase } from './offline-database.ts'
export { ProjectCloud } from './project-cloud.ts'
export {
  outsideClient,
  type SdkClient,
  type SdkCollection,
  type SdkDatabase,
  sdkDatabase,
} from './sdk-client.ts'
export { startTestCloud, TestCloud } from './test-cloud.ts'
export type { TestCollection } from './test-collection.ts'
export { TestDebugger } from './test-debugger.ts'
