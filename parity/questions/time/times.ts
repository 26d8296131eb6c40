import { setTimeout as wait } from 'node:timers/promises'
import { Unanswerable } from '../../core/answer.ts'
import { type Question, question } from '../../core/question.ts'

const area = 'time'
const zone = ['time-zone']

/** When the code was loaded, after the start of its process. */
const LOADED_AT = performance.now()
const BEATS = 'time-beats'

/** A call that takes longer than its limit; its caller does not wait for it. */
const pending: { call: Promise<unknown> | undefined } = { call: undefined }

interface Beats {
  startedAt: number
  last: number
}

/** The clock, its zone, and how long calls take. */
export const TIME_QUESTIONS: readonly Question[] = [
  question('time.zone', {
    area,
    settles: zone,
    ask: () => ({
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      offset: new Date(0).getTimezoneOffset(),
    }),
  }),
  question('time.local-time-is-utc', {
    area,
    settles: zone,
    ask: () => new Date('2024-01-01T00:00:00').toISOString(),
  }),
  question('time.text-of-a-date', { area, settles: zone, ask: () => String(new Date(0)) }),
  question('time.zone-can-be-set', {
    area,
    settles: zone,
    ask: () => {
      const before = process.env['TZ']
      process.env['TZ'] = 'Asia/Shanghai'
      try {
        return new Date(0).getHours()
      } finally {
        if (before === undefined) delete process.env['TZ']
        else process.env['TZ'] = before
      }
    },
  }),
  question('time.clock-agrees-with-the-database', {
    area,
    settles: ['time-clock'],
    ask: async ({ db, documents }) => {
      await documents.add({ data: { _id: 'now', at: db.serverDate() } })
      const { data } = await documents.doc('now').get()
      return Math.abs(Number(data['at']) - Date.now()) < 10_000
    },
  }),
  question('time.clock-agrees-with-a-called-function', {
    area,
    settles: ['time-clock'],
    ask: async ({ call }) => {
      const { result } = (await call('clock')) as { result: unknown }
      return Math.abs(Number(result) - Date.now()) < 10_000
    },
  }),
  question('time.loaded-within-ten-seconds', {
    area,
    settles: ['time-start'],
    ask: () => LOADED_AT < 10_000,
  }),
  question('time.second-call-is-within-the-limit', {
    area,
    settles: ['time-start'],
    ask: async ({ call }) => {
      await call('echo')
      const startedAt = performance.now()
      await call('echo')
      return performance.now() - startedAt < 3000
    },
  }),
]

/** Asked first, so that the limit is over when the last questions ask for it. */
export const LIMIT_BEGINS: readonly Question[] = [
  question('time.begins-a-call-without-an-end', {
    area,
    settles: ['time-limit'],
    ask: async ({ call }) => {
      pending.call = call('beats').then(
        (answer) => ({ answer: Object.keys(answer as object).sort() }),
        (error) => error,
      )
      await wait(200)
      return 'begun'
    },
  }),
]

export const LIMIT_ENDS: readonly Question[] = [
  question('time.limit-ends-a-call', {
    area,
    settles: ['time-limit'],
    milliseconds: 2000,
    ask: async ({ recall, context }) => {
      const beats = (await recall(BEATS)) as Beats | undefined
      if (!beats) throw new Unanswerable('the call has not begun')
      const limit = Number((context as Record<string, unknown>)['time_limit_in_ms'])
      const over = limit + 700 - (Date.now() - beats.startedAt)
      if (over > 1200) throw new Unanswerable('its time is not over')
      await wait(Math.max(0, over))
      const { startedAt, last } = ((await recall(BEATS)) as Beats | undefined) ?? beats
      return last - startedAt < limit + 400 ? 'at its limit or before' : 'after its limit'
    },
  }),
  question('time.limit-is-answered', {
    area,
    settles: ['time-limit'],
    ask: async () => {
      if (!pending.call) throw new Unanswerable('another instance answers this part')
      const answer = await pending.call
      if (answer instanceof Error) throw answer
      return answer
    },
  }),
]
