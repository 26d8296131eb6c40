import { type Question, type QuestionCloud, question } from '../../core/question.ts'

const area = 'call'

/** `callFunction` with any argument. */
type CallFunction = (options: unknown) => Promise<{ result: unknown; errMsg: string }>
const callOf = ({ cloud }: QuestionCloud) => (cloud.callFunction as unknown as CallFunction).bind(cloud)

/** What the caller receives of an answer. */
const answer = (what: string): Question =>
  question(`call.answer-${what}`, {
    area,
    settles: ['call-answers'],
    ask: async ({ call }) => {
      const { result } = (await call(`answer-${what}`)) as { result: unknown }
      return { type: typeof result, result }
    },
  })

/** How the caller hears of a function that fails. */
const failure = (what: string): Question =>
  question(`call.failure-${what}`, {
    area,
    settles: ['call-failures'],
    ask: async ({ call }) => {
      const answered = await call(`failure-${what}`)
      return { answered: (answered as { result: unknown }).result }
    },
  })

/** What arrives of `data`. */
const data = (what: string, value: unknown): Question =>
  question(`call.data-${what}`, {
    area,
    settles: ['call-data'],
    ask: async ({ call }) => {
      const { result } = (await call('echo', value)) as { result: unknown }
      return { type: typeof result, result }
    },
  })

const refused = (what: string, options: unknown): Question =>
  question(`call.refused-${what}`, {
    area,
    settles: ['call-unknown-function'],
    ask: (cloud) => callOf(cloud)(options),
  })

const circular: Record<string, unknown> = {}
circular['self'] = circular

/** Functions that call functions. */
export const CALL_QUESTIONS: readonly Question[] = [
  question('call.answer-fields', {
    area,
    settles: ['call-answers'],
    ask: async ({ call }) => Object.keys((await call('echo', 1)) as object).sort(),
  }),
  answer('nothing'),
  answer('undefined'),
  answer('null'),
  answer('number'),
  answer('text'),
  answer('json-text'),
  answer('date'),
  answer('invalid-date'),
  answer('not-a-number'),
  answer('infinity'),
  answer('undefined-field'),
  answer('undefined-item'),
  answer('function'),
  answer('symbol'),
  answer('map'),
  answer('buffer'),
  answer('bytes'),
  answer('regular-expression'),
  answer('error'),
  answer('to-json'),
  answer('prototype-fields'),
  failure('bigint'),
  failure('circular'),
  failure('error'),
  failure('error-with-number'),
  failure('text'),
  failure('object'),
  failure('undefined'),
  failure('type-error'),
  question('call.answer-of-900-kilobytes', {
    area,
    settles: ['call-answer-limit'],
    ask: async ({ call }) => ((await call('long', 900_000)) as { result: string }).result.length,
  }),
  question('call.answer-above-one-megabyte', {
    area,
    settles: ['call-answer-limit'],
    ask: async ({ call }) => ((await call('long', 1_100_000)) as { result: string }).result.length,
  }),
  question('call.data-of-900-kilobytes', {
    area,
    settles: ['call-data'],
    ask: async ({ call }) => {
      const { result } = (await call('length', 'x'.repeat(900_000))) as { result: number }
      return result
    },
  }),
  data('undefined', undefined),
  data('null', null),
  data('date', { at: new Date(0) }),
  data('undefined-field', { a: undefined, b: 1 }),
  data('not-a-number', { a: Number.NaN }),
  data('buffer', { bytes: Buffer.from('ab') }),
  data('dotted-field', { 'a.b': 1 }),
  data('circular', circular),
  question('call.five-at-once', {
    area,
    milliseconds: 2500,
    settles: ['call-answers'],
    ask: async ({ call }) => {
      const answers = await Promise.all([1, 2, 3, 4, 5].map((number) => call('echo', number)))
      return answers.map((each) => (each as { result: unknown }).result)
    },
  }),
  question('call.in-a-called-function', {
    area,
    settles: ['call-answers'],
    ask: async ({ call }) => ((await call('source')) as { result: unknown }).result,
  }),
  refused('unknown-function', { name: 'parity-none', data: {} }),
  refused('empty-name', { name: '', data: {} }),
  refused('without-name', { data: {} }),
  refused('name-of-other-characters', { name: '没有/..', data: {} }),
  refused('without-options', undefined),
  // Last, since it ends the instance.
  failure('exit'),
]
