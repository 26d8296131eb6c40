import {
  type AuditRow,
  auditRows,
  type Happening,
  tolerated,
  withdrawRows,
  writeRows,
} from '../shared/audit.ts'
import type { Call } from '../shared/call.ts'
import type { Consent } from '../shared/consent.ts'
import { requestsSent } from '../shared/requests-sent.ts'
import type { Session } from '../shared/session.ts'

/**
 * The rows of `audit_logs` of one login. They are written beside the login itself, so that recording costs no round
 * trip in sequence, and are taken back when the login is refused after all.
 */
export class LoginRecord {
  readonly #call: Call
  readonly #session: Session
  #rows: readonly AuditRow[] = []

  constructor(call: Call, session: Session) {
    this.#call = call
    this.#session = session
  }

  /** Once an attempt: a new user who turns out to be known is not recorded twice. */
  async write(facts: { consent: Consent | undefined; changesPhone?: boolean }): Promise<void> {
    if (this.#rows.length > 0) return
    const about = { userId: this.#call.userId, device: this.#session.device }
    const happenings: Happening[] = [
      { act: 'login', ...about },
      ...(facts.consent ? [{ act: 'consent' as const, ...about, detail: facts.consent.version }] : []),
      ...(facts.changesPhone ? [{ act: 'phone.change' as const, ...about }] : []),
    ]
    this.#rows = auditRows(this.#call, happenings)
    await requestsSent()
    await tolerated(this.#call, writeRows(this.#call, this.#rows))
  }

  async withdraw(): Promise<void> {
    if (this.#rows.length === 0) return
    const rows = this.#rows
    this.#rows = []
    await withdrawRows(this.#call, rows)
  }
}
