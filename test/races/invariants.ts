import type { Answer } from '../../contract/answer.ts'
import type { Document } from '../../emulator/cloud/database/database.ts'
import { verdict } from '../cloud-kit.ts'
import type { Action, Outcome } from './actions.ts'
import type { Person, TokenName } from './person.ts'

const MAXIMUM_SESSIONS = 10
/** Two renewals of one session at once end it at moments of their own. */
const TOLERANCE_SECONDS = 60
/** The records lose the identity by `cleanup`, which the row of the closed account tells to. */
const COLLECTIONS_THAT_STAY = new Set(['audit_logs', 'closed_accounts'])
/**
 * What was being written in the very moment of the closing may land after it. `cleanup` removes it
 * (cloudfunctions/cleanup/cleanup.test.ts), and nobody is shown it before.
 */
const CLEANED_UP_LATER = new Set(['trips', 'avatars'])

/** Whether a token is accepted now. */
type TokenCheck = (token: string) => Promise<boolean>

/** What of the steps so far matters to what is to hold. */
interface Memory {
  sessions: ReadonlySet<string>
  isDisabled: boolean
  seen: ReadonlySet<string>
  ended: ReadonlySet<string>
}

/** What must hold whatever is interleaved with whatever. Each check returns what is wrong, in words. */
export class Invariants {
  readonly #person: Person
  #sessions: ReadonlySet<string>
  #isDisabled: boolean
  /** Every session that was there after some step, and those that were not any more after a later one. */
  readonly #seen: Set<string>
  readonly #ended: Set<string>

  private constructor(person: Person, { sessions, isDisabled, seen, ended }: Memory) {
    this.#person = person
    this.#sessions = sessions
    this.#isDisabled = isDisabled
    this.#seen = new Set(seen)
    this.#ended = new Set(ended)
  }

  /** For what happens to this person from now on. */
  static from(person: Person): Invariants {
    const [user] = person.users()
    const sessions = sessionsOf(user)
    const isDisabled = user?.['status'] === 'disabled'
    return new Invariants(person, { sessions, isDisabled, seen: sessions, ended: new Set() })
  }

  /** One that goes on from here by itself. */
  copy(): Invariants {
    return new Invariants(this.#person, {
      sessions: this.#sessions,
      isDisabled: this.#isDisabled,
      seen: this.#seen,
      ended: this.#ended,
    })
  }

  /** What is remembered beyond what is stored; what is still to be found wrong may depend on it. */
  get memory(): unknown {
    return [[...this.#seen].sort(), [...this.#ended].sort()]
  }

  /** After each step, on the documents of `users` that are the person's. */
  afterStep(users: readonly Document[]): string | undefined {
    const [user] = users
    const before = this.#sessions
    const wasDisabled = this.#isDisabled
    this.#sessions = sessionsOf(user)
    this.#isDisabled = user?.['status'] === 'disabled'
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

  /** After everything has ended, on the answers and on what the tokens are good for now, which `works` tells. */
  async afterAll(
    actions: readonly Action[],
    outcomes: readonly (Outcome | undefined)[],
    works: TokenCheck = (token) => this.#person.tokenWorks(token),
  ): Promise<string | undefined> {
    for (const [number, outcome] of outcomes.entries()) {
      const problem = outcome && problemOf(outcome)
      if (problem) return `${actions[number]?.name}: ${problem}`
    }
    const succeeded = actions.filter((_action, number) => hasSucceeded(outcomes[number]))
    return (
      this.#leftOfClosed(succeeded, outcomes) ??
      (await this.#workingTokens(succeeded, outcomes.flatMap(tokenOf), works))
    )
  }

  /** Whether tokens that must be over are, and a token just given works exactly if its session stands. */
  async #workingTokens(
    succeeded: readonly Action[],
    given: readonly string[],
    works: TokenCheck,
  ): Promise<string | undefined> {
    const { tokens } = this.#person
    const [user] = this.#person.users()
    const isOver = succeeded.some(({ makes }) => makes === 'disabled' || makes === 'closed')
    const mayBeActive = succeeded.some(({ makes }) => makes === 'active')
    const named = succeeded.flatMap(({ ends = [] }) => (ends === 'all' ? ALL_TOKENS : ends))
    for (const name of new Set(isOver && !mayBeActive ? ALL_TOKENS : named)) {
      if (await works(tokens[name])) return `the token of \`${name}\` works after it was ended`
    }
    for (const token of given) {
      const { sid, exp } = claimsOf(token)
      if (!this.#seen.has(sid)) return 'a token was given for a session that never was'
      const session = listOf(user).find(({ id }) => id === sid)
      const stands = user?.['status'] === 'active' && session !== undefined
      const isGood = await works(token)
      if (isGood !== stands)
        return isGood ? 'a token works without a session' : 'a token with a session does not work'
      if (session && Math.abs((session['expiresAt'] as Date).getTime() / 1000 - exp) > TOLERANCE_SECONDS) {
        return 'a token does not end with its session'
      }
    }
    return undefined
  }

  /** Whoever logs in after a closing is a new person: then nothing of the old one may be theirs. */
  #leftOfClosed(
    succeeded: readonly Action[],
    outcomes: readonly (Outcome | undefined)[],
  ): string | undefined {
    if (!succeeded.some(({ makes }) => makes === 'closed')) return undefined
    const isBackAgain = outcomes.some((outcome) => newUserOf(outcome))
    for (const [collection, documents] of this.#person.found()) {
      if (COLLECTIONS_THAT_STAY.has(collection)) continue
      const old = this.#person.documents.get(collection) ?? []
      const mayBeNew = isBackAgain || CLEANED_UP_LATER.has(collection)
      const left = documents.filter((document) => !(mayBeNew && isNew(document, old)))
      if (left.length > 0) return `${left.length} documents of a closed account are left in ${collection}`
    }
    return undefined
  }
}

const ALL_TOKENS: readonly TokenName[] = ['oldest', 'here', 'due']

function listOf(user: Document | undefined): Document[] {
  return (user?.['sessions'] ?? []) as Document[]
}

function sessionsOf(user: Document | undefined): Set<string> {
  return new Set(listOf(user).map(({ id }) => String(id)))
}

function isNew(document: Document, old: readonly Document[]): boolean {
  const before = old.find(({ _id }) => _id === document['_id'])
  return before === undefined || String(before['createdAt']) !== String(document['createdAt'])
}

/** What no interleaving excuses: a defect, or no typed answer at all. */
function problemOf({ result, errMsg }: Outcome): string | undefined {
  if (errMsg !== undefined) return errMsg
  const { code } = (result ?? {}) as Partial<Answer<unknown>>
  if (typeof code !== 'number') return 'the answer has no code'
  return code === 500 ? verdict(result as Answer<unknown>) : undefined
}

/** An edit cannot fail. */
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

function newUserOf(outcome: Outcome | undefined): boolean {
  return dataOf(outcome)['isNewUser'] === true
}

/** What a token says, unverified. */
export function claimsOf(token: string): { sid: string; exp: number } {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
}
