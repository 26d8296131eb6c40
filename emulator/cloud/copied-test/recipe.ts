import type { Fault } from '../../control/fault.ts'
import type { Invocation } from '../../control/invocation.ts'
import { outcomeOf } from '../../control/outcome.ts'
import type { CallLog } from '../call-log.ts'
import type { Database } from '../database/database.ts'
import type { ReadDocument } from '../database/history/call-reads.ts'
import type { Document } from '../database/values/document.ts'
import { equalValues } from '../database/values/ordering.ts'
import type { Faults } from '../faults.ts'
import type { PhoneCodes } from '../openapi/phone-codes.ts'
import { eventTemplate, type MadeValue, madeIn, type Path, pathTo } from './event-values.ts'
import { openDocument } from './open-document.ts'

/** What a test does, one after the other. */
export type Step =
  | { kind: 'put'; collection: string; document: Document }
  | { kind: 'advance'; seconds: number }
  | { kind: 'fault'; fault: Omit<Fault, 'clientIp'> }
  /** `event` has a `Made` for each value that is made. */
  | { kind: 'call'; call: Invocation; event: unknown }

export interface Recipe {
  /** The last is the call itself. */
  steps: Step[]
  /** What the test lacks, in Chinese, then ` · ` and English. */
  gaps: string[]
  /** Whether the answer has only what the test knows. */
  isWhole: boolean
}

export interface RecipeSources {
  callLog: CallLog
  database: Database
  faults: Faults
  phoneCodes: PhoneCodes
  /** Whether a text is the openid of an account of this machine. */
  isPerson: (openid: string) => boolean
}

const MAXIMUM_CALLS = 20
/** Less time than this between two calls changes nothing. */
const LEAST_SECONDS = 60
const CALLER_GAPS: Readonly<Record<string, string>> = {
  wx_trigger: '它由定时触发器调用，测试里没有触发器 · a timer made the call, and the test calls without one',
  wx_http: '它由 HTTP 访问调用 · the call came over HTTP',
}

/**
 * How to repeat a call on an empty cloud: with the earlier calls that wrote what it read or were answered what it sends,
 * with the documents that nobody's call wrote, at the same distances in time, and with the faults that it met.
 */
export function recipeOf(call: Invocation, sources: RecipeSources): Recipe {
  return new RecipeMaker(call, sources).make()
}

class RecipeMaker {
  readonly #target: Invocation
  readonly #sources: RecipeSources
  /** Oldest first. */
  readonly #log: readonly Invocation[]
  readonly #indexes: ReadonlyMap<string, number>
  readonly #templates = new Map<Invocation, unknown>()
  readonly #puts = new Map<Invocation, ReadDocument[]>()
  readonly #gaps = new Set<string>()

  constructor(target: Invocation, sources: RecipeSources) {
    this.#target = target
    this.#sources = sources
    this.#log = sources.callLog.list(Number.POSITIVE_INFINITY)
    this.#indexes = new Map(this.#log.map(({ requestId }, index) => [requestId, index]))
  }

  make(): Recipe {
    this.#collect()
    const gap = CALLER_GAPS[this.#target.source]
    if (gap !== undefined) this.#gaps.add(gap)
    else if (this.#target.source.endsWith(',scf'))
      this.#gaps.add('它由另一个云函数调用，请复制那一次 · another function made the call: copy that one')
    const calls = [...this.#templates.keys()].sort((one, other) => this.#indexOf(one) - this.#indexOf(other))
    return {
      steps: this.#stepsOf(calls),
      gaps: [...this.#gaps],
      isWhole: this.#sources.database.reads.isWhole(this.#target.requestId),
    }
  }

  /** Takes the call, then what it needs, then what that needs. */
  #collect(): void {
    const waiting = [this.#target]
    for (let call = waiting.shift(); call; call = waiting.shift()) {
      if (this.#templates.has(call)) continue
      if (this.#templates.size >= MAXIMUM_CALLS) {
        this.#gaps.add(
          `只带上最近的 ${MAXIMUM_CALLS} 次调用 · it needs more than ${MAXIMUM_CALLS} earlier calls, and the others are left out`,
        )
        return
      }
      this.#templates.set(call, this.#templateOf(call))
      waiting.push(...this.#sourcesOf(call), ...this.#writersOf(call))
    }
  }

  #indexOf({ requestId }: Invocation): number {
    return this.#indexes.get(requestId) ?? -1
  }

  #templateOf(call: Invocation): unknown {
    const raw = this.#sources.callLog.repeatable.find(call.requestId)?.event
    return eventTemplate(raw, call.event, ({ text, shown, path }) => this.#makeValue(call, text, shown, path))
  }

  #makeValue(call: Invocation, text: string | undefined, shown: string, path: Path): MadeValue {
    const field = String(path.findLast((part) => typeof part === 'string') ?? '')
    const isPhoneCode = text !== undefined && this.#sources.phoneCodes.looksIssued(text)
    if (call.openid !== undefined && (isPhoneCode || (text === undefined && /phone_?code$/i.test(field))))
      return { kind: 'phone-code' }
    const answer = text === undefined ? undefined : this.#answerWith(text, call)
    if (answer) return { kind: 'answer', ...answer }
    if (/^(js_?|login_?)?code$/i.test(field) && call.openid !== undefined) {
      return { kind: 'login-code' }
    }
    if (call !== this.#target || outcomeOf(call).kind === 'good')
      this.#gaps.add(
        `${call.functionName} 的 ${path.join('.')}：记录里没有这个值 · the log does not have this value`,
      )
    return { kind: 'unknown', shown }
  }

  /** The latest earlier call whose answer has that text. */
  #answerWith(text: string, call: Invocation): { call: Invocation; path: Path } | undefined {
    for (let index = this.#indexOf(call) - 1; index >= 0; index -= 1) {
      const earlier = this.#log[index]
      if (!earlier) continue
      const path = pathTo(text, this.#sources.callLog.repeatable.answerOf(earlier.requestId))
      if (path && path.length > 0) return { call: earlier, path }
    }
    return undefined
  }

  #sourcesOf(call: Invocation): Invocation[] {
    return madeIn(this.#templates.get(call)).flatMap((made) => (made.kind === 'answer' ? [made.call] : []))
  }

  /** The calls that have written what a call read. A document that was not made by a call is put. */
  #writersOf(call: Invocation): Invocation[] {
    const { database } = this.#sources
    const puts: ReadDocument[] = []
    const writers: Invocation[] = []
    for (const read of database.reads.of(call.requestId)) {
      const { collection, document } = read
      const changes = database.history.writersOf(collection, document['_id'])
      const isOwn = changes.some(
        ({ by, kind }) => kind === 'insert' && by.kind === 'call' && by.requestId === call.requestId,
      )
      if (isOwn) continue
      const earlier = changes.map(({ by }) => this.#earlierCall(by, call))
      const before = earlier.filter((writer) => writer !== 'later')
      const calls = before.filter((writer) => writer !== undefined)
      const isMadeByCalls =
        changes[0]?.kind === 'insert' && calls.length === before.length && calls.length > 0
      if (isMadeByCalls) writers.push(...calls)
      else puts.push(read)
    }
    this.#puts.set(call, puts)
    return [...new Set(writers)]
  }

  /** undefined for a writer that is no call of the log. */
  #earlierCall(
    by: ReturnType<Database['history']['writersOf']>[number]['by'],
    call: Invocation,
  ): Invocation | 'later' | undefined {
    if (by.kind !== 'call') return undefined
    const index = this.#indexes.get(by.requestId)
    if (index === undefined) return undefined
    return index < this.#indexOf(call) ? this.#log[index] : 'later'
  }

  #stepsOf(calls: readonly Invocation[]): Step[] {
    const steps: Step[] = []
    const known = new Map<string, Document>()
    let at = calls[0]?.at ?? 0
    for (const call of calls) {
      const seconds = Math.floor((call.at - at) / 1000)
      if (seconds >= LEAST_SECONDS) steps.push({ kind: 'advance', seconds })
      at = call.at
      for (const read of this.#puts.get(call) ?? []) steps.push(...this.#putOf(read, known))
      steps.push(...this.#faultsOf(call), { kind: 'call', call, event: this.#templates.get(call) })
    }
    return steps
  }

  #putOf({ collection, document }: ReadDocument, known: Map<string, Document>): Step[] {
    const key = JSON.stringify([collection, document['_id']])
    const last = known.get(key)
    if (last && equalValues(last, document)) return []
    known.set(key, document)
    const { document: open, hidden } = openDocument(document, this.#sources.isPerson)
    if (hidden.length > 0) {
      const fields = hidden.slice(0, 5).join('、')
      this.#gaps.add(
        `${collection} 的文档没有 ${fields}：是机密或个人数据 · left out of a document: secrets or personal data`,
      )
    }
    return '_id' in open ? [{ kind: 'put', collection, document: open }] : []
  }

  /** Each once for as many requests as it met. */
  #faultsOf(call: Invocation): Step[] {
    const met = this.#sources.faults.metBy(call)
    return [...new Set(met)].map((fault) => {
      const { clientIp: _, openid: _openid, times: _times, ...others } = fault
      return { kind: 'fault', fault: { ...others, times: met.filter((one) => one === fault).length } }
    })
  }
}
