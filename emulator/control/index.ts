/** The control interface of a running cloud, for programs and tests that act as WeChat, the console or a tester. */
export type { CallResult } from './calls.ts'
export { ControlClient } from './client.ts'
export { describeThrown } from './describe-thrown.ts'
export type { DocumentChange } from './documents.ts'
export type { Fault } from './fault.ts'
export type { ControlInterface, LoggedCall } from './interface.ts'
export type { Invocation, ThrownError } from './invocation.ts'
export type { Permissions } from './permissions.ts'
