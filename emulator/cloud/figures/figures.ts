import type { Database } from 'lmdb'
import type { AuthorizationPrices, Figures, FiguresSettings } from '../../control/figures.ts'
import type { Invocation } from '../../control/invocation.ts'
import type { Clock } from '../clock.ts'
import type { Key, Store } from '../store.ts'
import { count, type DayRecord, dayOf, emptyDay, functionOf, joinDays, type NamedDay } from './day-record.ts'
import { addDuration } from './durations.ts'
import { loginKindOf, loginKindsOf, refusalOf } from './outcome.ts'
import { reportOf } from './report.ts'

/** From WeChat's documentation of 手机号快速验证组件 and 手机号实时验证组件; each mini-program has 1000 free ones. */
const PRICES: AuthorizationPrices = { quickYuan: 0.03, realtimeYuan: 0.04 }

const KEPT_DAYS = 400
/** A process that is killed loses the figures of this time. */
const SAVE_AFTER_MILLISECONDS = 1000
const DAY_MILLISECONDS = 86_400_000

/** Counts calls, logins and phone authorizations by day of the cloud's clock. Kept with the data, one record a day. */
export class CloudFigures {
  readonly #table: Database<DayRecord, Key>
  /** Of the example data, apart so that they can be removed. */
  readonly #example: Database<DayRecord, Key>
  readonly #store: Store
  readonly #clock: Clock
  readonly #settings: FiguresSettings
  /** Days that have changed since they were saved. */
  readonly #unsaved = new Map<string, DayRecord>()
  #timer: NodeJS.Timeout | undefined

  constructor(store: Store, clock: Clock, settings: FiguresSettings = {}) {
    this.#table = store.table('figures')
    this.#example = store.table('exampleFigures')
    this.#store = store
    this.#clock = clock
    this.#settings = settings
  }

  /** Counts a call that has ended. */
  recordCall(call: Invocation): void {
    const day = this.#today()
    const record = functionOf(day, call.functionName)
    record.calls += 1
    if (call.coldStart) record.coldStarts += 1
    if (call.durationMilliseconds !== undefined) addDuration(record.durations, call.durationMilliseconds)
    const refusal = refusalOf(call, this.#settings)
    if (refusal !== undefined) count(record.refusals, refusal)
    const kind = refusal === undefined ? loginKindOf(call, this.#settings) : undefined
    if (kind !== undefined) count(day.logins, kind)
  }

  /** Counts a number that a user has given by the phone button. */
  recordAuthorization(kind: 'quick' | 'realtime'): void {
    this.#today().authorizations[kind] += 1
  }

  /** @param days how many, up to today */
  report(days: number): Figures {
    const now = this.#clock.now()
    const names = Array.from({ length: days }, (_, index) =>
      dayOf(now - (days - 1 - index) * DAY_MILLISECONDS),
    )
    const prices = { ...PRICES, ...this.#settings.prices }
    const records = names.map((day) => {
      return { day, record: joinDays(this.#read(day) ?? emptyDay(), this.#example.get(day)) }
    })
    return reportOf(records, { prices, loginKinds: loginKindsOf(this.#settings) })
  }

  /** All days that are kept. */
  days(): NamedDay[] {
    const days = new Set([...this.#table.getKeys().map(String), ...this.#unsaved.keys()])
    return [...days].map((day) => ({ day, record: this.#read(day) ?? emptyDay() }))
  }

  /** Adds the figures of example data to the reports. */
  setExample(days: readonly NamedDay[]): void {
    this.#store.write(() => {
      for (const { day, record } of days) this.#example.putSync(day, record)
    })
  }

  removeExample(): void {
    this.#store.write(() => this.#example.clearSync())
  }

  /** Writes the days that have changed. On a full disk it stays in memory for a later attempt. */
  save(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#unsaved.size === 0) return
    try {
      this.#store.write(() => {
        for (const [day, record] of this.#unsaved) this.#table.putSync(day, record)
        const days = [...this.#table.getKeys()]
        for (const old of days.slice(0, Math.max(days.length - KEPT_DAYS, 0))) this.#table.removeSync(old)
      })
      this.#unsaved.clear()
    } catch {
      // Figures are worth no failed call.
    }
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#unsaved.clear()
    this.#store.write(() => {
      this.#table.clearSync()
      this.#example.clearSync()
    })
  }

  #read(day: string): DayRecord | undefined {
    return this.#unsaved.get(day) ?? this.#table.get(day)
  }

  /** To be changed: it is saved soon. */
  #today(): DayRecord {
    const day = dayOf(this.#clock.now())
    const record = this.#read(day) ?? emptyDay()
    this.#unsaved.set(day, record)
    this.#timer ??= setTimeout(() => this.save(), SAVE_AFTER_MILLISECONDS).unref()
    return record
  }
}
