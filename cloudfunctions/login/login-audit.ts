import type { AppError } from '../shared/core/app-error.ts'
import { settleAll } from '../shared/core/settle-all.ts'
import { afterRequestsSent } from '../shared/database/after-requests-sent.ts'
import { command as _ } from '../shared/database/database.ts'
import type { Call } from '../shared/request/call.ts'
import {
  type AuditEntry,
  type AuditEvent,
  auditEntries,
  bestEffort,
  deleteEntries,
  updateEntries,
  writeEntries,
} from '../shared/users/audit.ts'
import type { Consent } from '../shared/users/consent.ts'
import { type Counts, count, negative, refusalCount } from '../shared/users/daily-counts.ts'
import type { Session } from '../shared/users/session.ts'

/** How a person logs in, as `audit_logs` has it. */
export type LoginKind = 'silent' | 'code' | 'ticket' | 'withoutPhone'

const LOGIN_COUNTS = {
  silent: { 'logins.silent': 1 },
  code: { 'logins.number': 1 },
  ticket: { 'logins.number': 1 },
  withoutPhone: { 'logins.withoutNumber': 1 },
} as const satisfies Record<LoginKind, Counts>

interface LoginFacts {
  kind: LoginKind
  consent: Consent | undefined
  changesPhone?: boolean
  /** What changes with the login besides. */
  counts?: Counts
}

/**
 * The entries of `audit_logs` of one login, and its counters. They are written at the same time as the login, so that
 * recording costs no sequential round trip, and are taken back when the login is refused.
 */
export class LoginAudit {
  readonly #call: Call
  readonly #session: Session
  #entries: readonly AuditEntry[] = []
  /** Those that a refusal takes back. */
  #counts: Counts = {}
  /** Counted with the next write, and not taken back. */
  #besides: Counts = {}
  /** A login that finishes a deletion first writes twice. */
  #isPaidCounted = false

  constructor(call: Call, session: Session) {
    this.#call = call
    this.#session = session
  }

  /** Writes once an attempt: an attempt to create a user who already exists goes on as their login. */
  async write({ kind, consent, changesPhone, counts = {} }: LoginFacts): Promise<void> {
    if (this.#entries.length > 0) return
    const about = { userId: this.#call.userId, device: this.#session.device }
    const events: AuditEvent[] = [
      {
        action: 'login',
        ...about,
        detail: kind,
        ...(counts.newUsers === 1 ? { newUser: true as const } : {}),
      },
      ...(consent ? [{ action: 'consent' as const, ...about, detail: consent.version }] : []),
      ...(changesPhone ? [{ action: 'phone.change' as const, ...about }] : []),
    ]
    this.#entries = auditEntries(this.#call, events)
    this.#counts = { ...LOGIN_COUNTS[kind], ...counts }
    // The authorization is paid for, whatever becomes of the login.
    const paid = kind === 'code' && !this.#isPaidCounted ? { paid: 1 } : {}
    if (kind === 'code') this.#isPaidCounted = true
    await afterRequestsSent()
    await settleAll([
      bestEffort(this.#call, writeEntries(this.#call, this.#entries)),
      this.#count({ ...this.#counts, ...paid }),
      this.#count(this.#takeBesides()),
    ])
  }

  /** What has happened before the login: it is counted with the login's own counters. */
  countWithLogin(counts: Counts): void {
    this.#besides = counts
  }

  /** Another login of the same person, at the same moment, has created the user. */
  async takeBack(counts: Counts): Promise<void> {
    this.#counts = Object.fromEntries(Object.entries(this.#counts).filter(([name]) => !(name in counts)))
    await settleAll([
      updateEntries(this.#call, this.#entries, { newUser: _.remove() }),
      this.#count(negative(counts)),
    ])
  }

  /** Deletes the entries and takes the counters back. @param refused counts as well */
  async delete(refused: Counts = {}): Promise<void> {
    const [entries, counts] = [this.#entries, this.#counts]
    this.#entries = []
    this.#counts = {}
    await settleAll([
      entries.length > 0 && deleteEntries(this.#call, entries),
      this.#count({ ...negative(counts), ...refused }),
      this.#count(this.#takeBesides()),
    ])
  }

  /** The same for a refusal, which it counts. @returns the refusal, to be thrown */
  async refuse(refusal: AppError): Promise<AppError> {
    await this.delete(refusalCount(refusal))
    return refusal
  }

  #takeBesides(): Counts {
    const counts = this.#besides
    this.#besides = {}
    return counts
  }

  #count(counts: Counts): Promise<void> {
    return count(this.#call, this.#call.userId, counts)
  }
}
