import type { Call } from '../shared/request/call.ts'
import type { Consent } from '../shared/users/consent.ts'
import type { Session } from '../shared/users/session.ts'
import type { LoginAudit } from './login-audit.ts'

/** One attempt to log in. */
export interface Attempt {
  call: Call
  session: Session
  /** Id of the session that the new one replaces, as the client says: only a session of the caller can be found. */
  replaces: string | undefined
  /** Consent to the version in force; the request's consent to any other version is refused. */
  consent: Consent | undefined
  /** The person asked for an account without a number, and the functions allow it. */
  withoutPhone: boolean
  audit: LoginAudit
}
