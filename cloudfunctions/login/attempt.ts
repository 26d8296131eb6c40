import type { Call } from '../shared/call.ts'
import type { Consent } from '../shared/consent.ts'
import type { Session } from '../shared/session.ts'
import type { LoginRecord } from './login-record.ts'

/** One attempt to log in: who, on what, having agreed to what. */
export interface Attempt {
  call: Call
  session: Session
  /** Id of the session whose place the new one is to take, as the client says: only the caller's own can be found. */
  replaces: string | undefined
  /** Only if it is for the version in force. */
  consent: Consent | undefined
  record: LoginRecord
}
