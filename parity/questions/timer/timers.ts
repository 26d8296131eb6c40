import { Unanswerable } from '../../core/answer.ts'
import { type Question, type QuestionCloud, question } from '../../core/question.ts'
import { TIMER_RECORD, type TimerRecord } from '../../core/timer-record.ts'

const area = 'timer'

async function record({ recall }: QuestionCloud): Promise<TimerRecord> {
  const known = await recall(TIMER_RECORD)
  if (known === undefined)
    throw new Unanswerable('no timer has called: 上传触发器, and wait a minute before the last part')
  return known as TimerRecord
}

const read = (what: string, pick: (record: TimerRecord) => unknown): Question =>
  question(`timer.${what}`, {
    area,
    settles: ['timer-call'],
    ask: async (cloud) => pick(await record(cloud)),
  })

/** What a timer's call is given, which the function wrote down when a timer called it. */
export const TIMER_QUESTIONS: readonly Question[] = [
  read('event-fields', ({ event }) => event),
  read('event-type', ({ type }) => type),
  read('event-trigger-name', ({ triggerName }) => triggerName),
  read('event-time-form', ({ timeForm }) => timeForm),
  read('context-fields', ({ context }) => context),
  read('source', ({ source }) => source),
  read('has-an-openid', ({ hasOpenid }) => hasOpenid),
  read('trigger-source-variable', ({ triggerSource }) => triggerSource),
  read('names-of-variables', ({ variables }) => variables),
]
