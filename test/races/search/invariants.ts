import type { Document } from 'wechat-cloud-emulator/testing'
import { OWNED_COLLECTIONS } from '../../../cloudfunctions/app-config.ts'
import type { Answer } from '../../../contract/answer.ts'
import { verdict } from '../../support/cloud-kit.ts'
import { claimsOf } from '../../support/token-claims.ts'
import type { Action, Outcome } from './action.ts'
import { type RaceUser, SESSIONS, type SessionName } from './race-user.ts'
import type { Stored } from './stored.ts'

const MAXIMUM_SESSIONS = 10
/** Two renewals of one session at the same time set ends that differ by less. */
const TOLERANCE_SECONDS = 60
/** `cleanup` removes the identity from the entries that the document of the closed account names. */
const COLLECTIONS_THAT_STAY = new Set(['audit_logs', 'closed_accounts'])
/**
 * A document that was being written during the closing may be stored after it. Nobody is shown it, and `cleanup` removes
 * it (cloudfunctions/cleanup/cleanup.test.ts).
 */
const CLEANED_UP_LATER = new Set([...OWNED_COLLECTIONS, 'avatars'])

/** Names of actions that may delete a trip. */
const MAY_DELETE = /trips remove|account close|a closing breaks off/

/** What the invariants remember of the steps so far. */
interface Memory {
  sessions: ReadonlySet<string>
  isDisabled: boolean
  seen: ReadonlySet<string>
  ended: ReadonlySet<string>
}

/** What the actions have come to when no step is left. */
interface End {
  actions: readonly Action[]
  /** By number of the action. */
  outcomes: readonly (Outcome | undefined)[]
  stored: Stored
  /** By default `checkToken` is called with what is stored in the cloud. */
  isAccepted?: (token: string) => Promise<boolean>
}

/** What must hold in every interleaving of any actions. Each check returns the violation in words, or undefined. */
export class Invariants {
  readonly #user: RaceUser
  #sessions: ReadonlySet<string>
  #isDisabled: boolean
  /** Every session that was stored after some step, and those of them that were gone after a later one. */
  readonly #seen: Set<string>
  readonly #ended: Set<string>

  private constructor(user: RaceUser, { sessions, isDisabled, seen, ended }: Memory) {
    this.#user = user
    this.#sessions = sessions
    this.#isDisabled = isDisabled
    this.#seen = new Set(seen)
    this.#ended = new Set(ended)
  }

  /** For the steps that begin with what the user's cloud stores now. */
  static from(user: RaceUser): Invariants {
    const [document] = user.usersIn(user.cloudDocuments.read())
    const sessions = sessionsOf(document)
    return new Invariants(user, {
      sessions,
      isDisabled: isDisabled(document),
      seen: sessions,
      ended: new Set(),
    })
  }

  copy(): Invariants {
    return new Invariants(this.#user, {
      sessions: this.#sessions,
      isDisabled: this.#isDisabled,
      seen: this.#seen,
      ended: this.#ended,
    })
  }

  /** What later checks depend on beyond what is stored. */
  get memory(): unknown {
    return [[...this.#seen].sort(), [...this.#ended].sort()]
  }

  /** Remembers a step and checks it. @param users the user's documents of `users` after the step */
  checkStep(users: readonly Document[]): string | undefined {
    const [user] = users
    const before = this.#sessions
    const wasDisabled = this.#isDisabled
    this.#sessions = sessionsOf(user)
    this.#isDisabled = isDisabled(user)
    for (const session of this.#sessions) this.#seen.add(session)
    for (const session of before) if (!this.#sessions.has(session)) this.#ended.add(session)

    if (users.length > 1) return `one person has ${users.length} documents`
    if (this.#sessions.size > MAXIMUM_SESSIONS) return `there are ${this.#sessions.size} sessions`
    if (listOf(user).some(({ id, expiresAt }) => typeof id !== 'string' || !(expiresAt instanceof Date))) {
      return 'a session is not whole'
    }
    const added = [...this.#sessions].filter((session) => !before.has(session))
    if (added.some((session) => this.#ended.has(session))) return 'a session came back after it was ended'
    if (added.length > 0 && wasDisabled && this.#isDisabled) return 'a disabled account got a session'
    return undefined
  }

  /** Checks the outcomes, what is stored, and which tokens are accepted. */
  async checkEnd(end: End): Promise<string | undefined> {
    const { actions, outcomes } = end
    for (const [number, outcome] of outcomes.entries()) {
      const problem = outcome && problemOf(outcome)
      if (problem) return `${actions[number]?.name}: ${problem}`
    }
    const succeeded = actions.filter((_action, number) => hasSucceeded(outcomes[number]))
    return (
      this.#checkClosedAccount(succeeded, end) ??
      this.#checkTrip(end) ??
      (await this.#checkTokens(succeeded, end))
    )
  }

  /** Tokens that must have ended are refused. A token that was just issued is accepted exactly if its session is stored. */
  async #checkTokens(
    succeeded: readonly Action[],
    { outcomes, stored, ...end }: End,
  ): Promise<string | undefined> {
    const { isAccepted = (token) => this.#user.checkToken(token) } = end
    const [user] = this.#user.usersIn(stored)
    for (const name of endedSessions(succeeded)) {
      if (await isAccepted(this.#user.tokens[name]))
        return `the token of \`${name}\` works after it was ended`
    }
    for (const token of outcomes.flatMap(tokenOf)) {
      const { sid, exp } = claimsOf(token)
      if (!this.#seen.has(sid)) return 'a token was given for a session that never was'
      const session = listOf(user).find(({ id }) => id === sid)
      const isActive = user?.['status'] === 'active' && session !== undefined
      const works = await isAccepted(token)
      if (works !== isActive) {
        return works ? 'a token works without a session' : 'a token with a session does not work'
      }
      if (session && Math.abs((session['expiresAt'] as Date).getTime() / 1000 - exp) > TOLERANCE_SECONDS) {
        return 'a token does not end with its session'
      }
    }
    return undefined
  }

  /** During a transfer, the user's trip belongs to an account that is there, unless an action may delete it. */
  #checkTrip({ actions, stored }: End): string | undefined {
    const isAsked = actions.some(({ start }) => start === 'asked')
    if (!isAsked || actions.some(({ start }) => start === 'unregistered')) return undefined
    const [{ _id }] = this.#user.startDocuments.get('trips') as [Document]
    const trip = stored.get('trips')?.find((document) => document['_id'] === _id)
    if (!trip) return actions.some(({ name }) => MAY_DELETE.test(name)) ? undefined : 'the trip is gone'
    const isOwned = stored.get('users')?.some((user) => user['_id'] === trip['userId'])
    return isOwned ? undefined : 'the trip belongs to nobody'
  }

  /** Nothing of a closed account is left. A login after the closing makes a new account, whose documents are its own. */
  #checkClosedAccount(succeeded: readonly Action[], { outcomes, stored }: End): string | undefined {
    if (!succeeded.some(({ becomes }) => becomes === 'closed')) return undefined
    const hasNewAccount = outcomes.some((outcome) => isOfNewUser(outcome))
    for (const [collection, documents] of this.#user.documentsIn(stored)) {
      if (COLLECTIONS_THAT_STAY.has(collection)) continue
      const old = this.#user.startDocuments.get(collection) ?? []
      const mayBeNew = hasNewAccount || CLEANED_UP_LATER.has(collection)
      const left = documents.filter((document) => !(mayBeNew && isNew(document, old)))
      if (left.length > 0) return `${left.length} documents of a closed account are left in ${collection}`
    }
    return undefined
  }
}

/** The sessions that must have ended after these actions have succeeded. */
function endedSessions(succeeded: readonly Action[]): ReadonlySet<SessionName> {
  const isEnded = succeeded.some(({ becomes }) => becomes === 'disabled' || becomes === 'closed')
  const mayBeActive = succeeded.some(({ becomes }) => becomes === 'active')
  if (isEnded && !mayBeActive) return new Set(SESSIONS)
  return new Set(succeeded.flatMap(({ ends = [] }) => ends))
}

function listOf(user: Document | undefined): Document[] {
  return (user?.['sessions'] ?? []) as Document[]
}

function isDisabled(user: Document | undefined): boolean {
  return user?.['status'] === 'disabled'
}

function sessionsOf(user: Document | undefined): Set<string> {
  return new Set(listOf(user).map(({ id }) => String(id)))
}

function isNew(document: Document, old: readonly Document[]): boolean {
  const before = old.find(({ _id }) => _id === document['_id'])
  return before === undefined || String(before['createdAt']) !== String(document['createdAt'])
}

/** An outcome that is wrong in every interleaving: an internal error, or an answer without a code. */
function problemOf({ result, errMsg }: Outcome): string | undefined {
  if (errMsg !== undefined) return errMsg
  const { code } = (result ?? {}) as Partial<Answer<unknown>>
  if (typeof code !== 'number') return 'the answer has no code'
  return code === 500 ? verdict(result as Answer<unknown>) : undefined
}

/** An edit, which has no outcome, always succeeds. */
function hasSucceeded(outcome: Outcome | undefined): boolean {
  return outcome === undefined || (outcome.result as Answer<unknown> | undefined)?.code === 200
}

function dataOf(outcome: Outcome | undefined): Record<string, unknown> {
  const answer = outcome?.result as Answer<Record<string, unknown>> | undefined
  return (answer?.code === 200 ? answer.data : undefined) ?? {}
}

function tokenOf(outcome: Outcome | undefined): string[] {
  const { token } = dataOf(outcome)
  return typeof token === 'string' ? [token] : []
}

function isOfNewUser(outcome: Outcome | undefined): boolean {
  return dataOf(outcome)['isNewUser'] === true
}
