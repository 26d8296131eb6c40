import type { Answer } from '../../contract/answer.ts'
import type { Invocation } from '../../emulator/cloud/call-log.ts'
import type { InvocationEnd } from '../../emulator/cloud/functions/invocation-end.ts'
import { type CloudKit, verdict } from '../cloud-kit.ts'
import type { FaultyCall } from './calls.ts'
import { FAULT_KINDS, FAULTS_OF_A_WHOLE_CALL, type FaultKind } from './fault-kinds.ts'
import { Subject } from './subject.ts'

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
  const subject = new Subject(kit, openid)
  const request = await call.prepare(subject)
  const before = subject.stored()
  const end = await subject.invoke(call.function, request, undefined, call.by)
  const answer = answerOf(end)
  if (answer?.code !== 200) throw new Error(`${call.name} fails without any fault`)
  return { call, operations: operationsOf(recordOf(kit, end)), before, after: subject.stored() }
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

/**
 * Every operation with every kind of fault that fits it, and what befalls all operations of the call.
 * @param allLong otherwise each operation meets one of the kinds that take long, in turn
 */
export function casesOf(clean: CleanRun, allLong: boolean): Case[] {
  const of = (operation: Operation, which: string, kinds: readonly FaultKind[]) =>
    kinds.map((kind) => ({ name: `${clean.call.name} · ${which} · ${kind.name}`, clean, operation, kind }))
  const long = FAULT_KINDS.filter(({ takesLong }) => takesLong)
  const single = clean.operations.flatMap((operation, place) => {
    const kinds = FAULT_KINDS.filter((kind) => {
      if (kind.action !== undefined && kind.action !== operation.action) return false
      return !kind.takesLong || allLong || kind === long[place % long.length]
    })
    return of(operation, `${operation.action} ${operation.target}#${operation.operation}`, kinds)
  })
  return [...single, ...of({}, 'every operation', FAULTS_OF_A_WHOLE_CALL)]
}

/** The call did not come as far as the operation that was to fail: a busy machine may have been too slow for it. */
export const NEVER_MET = 'the fault was never met'

/** Runs the call into the fault, then does what the client does. @returns what is wrong, in words */
export async function runCase(
  kit: CloudKit,
  { clean, operation, kind }: Case,
  openid: string,
): Promise<string[]> {
  const { call, before, after } = clean
  const subject = new Subject(kit, openid)
  const request = await call.prepare(subject)
  // One fault of one operation is over when it was met; what befalls all of them is switched off afterwards.
  const times = operation.operation === undefined ? {} : { times: 1 }
  const whose = call.by === 'console' ? { clientIp: openid } : { openid }
  const switchOff = kit.cloud.faults.add({ ...operation, ...whose, answer: kind.answer, ...times })
  const end = await subject.invoke(call.function, request, undefined, call.by)
  const wasMet =
    operation.operation === undefined ||
    !kit.cloud.faults.list().some((fault) => (fault.openid ?? fault.clientIp) === openid)
  switchOff()
  if (!wasMet) return [NEVER_MET]
  const problems = problemsOf(end, kind)
  await lateOperations(recordOf(kit, end), kind)
  const stored = subject.stored()
  const isWhole = stored === before || stored === after
  if (!isWhole && !call.isFinishedByRetry) problems.push(`what is stored is neither old nor new: ${stored}`)

  const answer = answerOf(end)
  if (answer?.code !== 200) {
    const retry = call.retry ?? (() => askAgain(subject, call, request))
    const second = await retry(subject, request, answer)
    if (second.code !== 200 && !isExcused(second, operation, kind)) {
      problems.push(`the retry is refused: ${verdict(second)}`)
    }
  }
  if (call.isFinishedByRetry && subject.stored() !== after) problems.push('the retry did not finish it')
  if (subject.userCount() > 1) problems.push('one person has two documents')
  subject.forget()
  return problems
}

async function askAgain(subject: Subject, call: FaultyCall, request: object): Promise<Answer<unknown>> {
  const end = await subject.invoke(call.function, request, undefined, call.by)
  const answer = answerOf(end)
  if (!answer) throw new Error('the retry has no answer')
  return answer
}

/** A typed answer in time, whatever happened: only a process that was killed gives none. */
function problemsOf(end: InvocationEnd, { kills }: FaultKind): string[] {
  if (kills)
    return end.failure?.errCode === KILLED ? [] : ['the process was killed, but the caller was not told']
  if (end.failure) return [`no typed answer, but ${end.failure.errCode}`]
  const answer = answerOf(end)
  if (answer?.code === 200 || answer?.code === 503) return []
  return [`answered ${answer ? verdict(answer) : 'nothing'}`]
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
