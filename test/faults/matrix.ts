import type { Invocation } from 'wechat-cloud-emulator/control'
import type { InvocationEnd } from 'wechat-cloud-emulator/testing'
import type { Answer } from '../../contract/answer.ts'
import { type CloudKit, verdict } from '../support/cloud-kit.ts'
import { TestUser } from '../support/test-user.ts'
import type { FaultyCall } from './calls.ts'
import { FAULT_KINDS, FAULTS_OF_A_WHOLE_CALL, type FaultKind } from './fault-kinds.ts'
import { storedAccount } from './stored-account.ts'

/** An operation of a call: the n-th of its kind, as a fault names it. Empty for every operation. */
export interface Operation {
  action?: string
  target?: string
  operation?: number
}

/** What a call does when nothing goes wrong. */
export interface CleanRun {
  call: FaultyCall
  operations: Operation[]
  /** What is stored of the person before and after. */
  before: string
  after: string
}

/** One fault in one operation of one call. */
export interface Case {
  name: string
  clean: CleanRun
  operation: Operation
  kind: FaultKind
}

/** Runs the call once without a fault and reads from the call log what it asks of the cloud. */
export async function runCleanly(kit: CloudKit, call: FaultyCall, openid: string): Promise<CleanRun> {
  const user = new TestUser(kit, openid)
  const request = await call.prepare(user)
  const before = storedAccount(user)
  const end = await user.invoke(call.function, request, { by: call.by })
  const answer = answerOf(end)
  if (answer?.code !== 200) throw new Error(`${call.name} fails without any fault`)
  return { call, operations: operationsOf(recordOf(kit, end)), before, after: storedAccount(user) }
}

/** Its target is a path that is drawn at random. */
const UPLOAD = 'storage.getUploadMetadata'

/** What a call asked of the cloud, in order. */
export function operationsOf({ roundTrips }: Invocation): Operation[] {
  return roundTrips.map(({ action, target }, place) => {
    const same = roundTrips
      .slice(0, place + 1)
      .filter((trip) => trip.action === action && trip.target === target)
    if (action !== UPLOAD) return { action, target, operation: same.length }
    const uploads = roundTrips.slice(0, place + 1).filter((trip) => trip.action === action)
    return { action, operation: uploads.length }
  })
}

/** Chooses the faults that the operations of the calls meet. */
export class CallCases {
  readonly #isExhaustive: boolean
  /** Counts the operations so far: the kinds of fault take turns, in the same order in every run. */
  #turns = 0
  #calls = 0

  /**
   * @param isExhaustive every operation meets every kind of fault that fits it, and every call those of a whole call;
   * otherwise each operation meets one kind, the next in turn, and every fourth call those of a whole call
   */
  constructor(isExhaustive: boolean) {
    this.#isExhaustive = isExhaustive
  }

  of(clean: CleanRun): Case[] {
    const single = clean.operations.flatMap((operation) => {
      const which = `${operation.action} ${operation.target}#${operation.operation}`
      return this.#kindsFor(operation).map((kind) => caseOf(clean, operation, which, kind))
    })
    this.#calls += 1
    if (!this.#isExhaustive && this.#calls % 4 !== 0) return single
    return [...single, ...FAULTS_OF_A_WHOLE_CALL.map((kind) => caseOf(clean, {}, 'every operation', kind))]
  }

  #kindsFor({ action }: Operation): readonly FaultKind[] {
    const fitting = FAULT_KINDS.filter((kind) => kind.action === undefined || kind.action === action)
    if (this.#isExhaustive) return fitting
    this.#turns += 1
    return fitting.slice(this.#turns % fitting.length).slice(0, 1)
  }
}

function caseOf(clean: CleanRun, operation: Operation, which: string, kind: FaultKind): Case {
  return { name: `${clean.call.name} · ${which} · ${kind.name}`, clean, operation, kind }
}

/** The call did not come as far as the operation that was to fail: a busy machine may have been too slow for it. */
export const NEVER_MET = 'the fault was never met'

/** How often a retry may itself run out of time. */
const MORE_RETRIES = 3

/** Runs the call into the fault, then does what the client does. @returns what is wrong, in words */
export async function runCase(
  kit: CloudKit,
  { clean, operation, kind }: Case,
  openid: string,
): Promise<string[]> {
  const { call, before, after } = clean
  const user = new TestUser(kit, openid)
  const request = await call.prepare(user)
  // A fault of one operation is over when it is met; a fault of all operations is switched off afterwards.
  const times = operation.operation === undefined ? {} : { times: 1 }
  const whose = call.by === 'console' ? { clientIp: openid } : { openid }
  const switchOff = kit.cloud.faults.add({ ...operation, ...whose, answer: kind.answer, ...times })
  const end = await user.invoke(call.function, request, { by: call.by })
  const wasMet =
    operation.operation === undefined ||
    !kit.cloud.faults.list().some((fault) => (fault.openid ?? fault.clientIp) === openid)
  switchOff()
  if (!wasMet) return [NEVER_MET]
  const problems = problemsOf(end, kind)
  await lateOperations(recordOf(kit, end), kind)
  const stored = storedAccount(user)
  const isWhole = stored === before || stored === after
  if (!isWhole && !call.isFinishedByRetry) problems.push(`what is stored is neither old nor new: ${stored}`)

  const answer = answerOf(end)
  if (answer?.code !== 200) {
    const retry = call.retry ?? (() => askAgain(user, call, request))
    let second = await retry(user, request, answer)
    // A busy machine is too slow for a retry, too, above all after a kill: the next instance has to start first.
    for (let again = 0; again < MORE_RETRIES && verdict(second) === '503 TIMEOUT'; again++) {
      second = await retry(user, request, second)
    }
    if (second.code !== 200 && !isExcused(second, operation, kind)) {
      problems.push(`the retry is refused: ${verdict(second)}`)
    }
  }
  if (call.isFinishedByRetry && storedAccount(user) !== after) problems.push('the retry did not finish it')
  if (user.documents().length > 1) problems.push('one person has two documents')
  return problems
}

async function askAgain(user: TestUser, call: FaultyCall, request: object): Promise<Answer<unknown>> {
  const end = await user.invoke(call.function, request, { by: call.by })
  const answer = answerOf(end)
  if (!answer) throw new Error('the retry has no answer')
  return answer
}

/** A typed answer in time, whatever happened: only a process that was killed gives none. */
function problemsOf(end: InvocationEnd, { kills }: FaultKind): string[] {
  const answer = answerOf(end)
  const ending = answer ? verdict(answer) : end.failure?.errCode
  if (kills)
    return end.failure?.errCode === KILLED
      ? []
      : [`the process was killed, but the call ended with ${ending}`]
  if (answer?.code === 200 || answer?.code === 503) return []
  return [`no typed answer, but ${ending}`]
}

/** The platform's number for a function that ended without an answer. */
const KILLED = -504002

/**
 * The number was never learned and its code is spent, so only the person can help: WeChat's answer was lost on the
 * way, or the process died that alone knew it.
 */
function isExcused(
  second: Answer<unknown>,
  { action }: Operation,
  { kills, losesAnswer }: FaultKind,
): boolean {
  if (second.code === 200 || second.reason !== 'PHONE_CODE_INVALID') return false
  return kills === true || (losesAnswer === true && (action === undefined || action === 'wx.openApi'))
}

function answerOf(end: InvocationEnd): Answer<unknown> | undefined {
  return end.failure ? undefined : JSON.parse(end.json)
}

/** What the call log keeps of a call. */
export function recordOf(kit: CloudKit, end: InvocationEnd): Invocation {
  const record = kit.cloud.callLog.list(1000).find(({ requestId }) => requestId === end.requestId)
  if (!record) throw new Error('the call is not in the log')
  return record
}

/** What is slow is done after the answer; only then is it known what is stored. */
async function lateOperations({ roundTrips }: Invocation, { answer }: FaultKind): Promise<void> {
  if (answer.kind !== 'slow') return
  while (roundTrips.some(({ startedAt, endedAt }) => endedAt === startedAt)) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
