import { type Question, type QuestionCloud, question } from '../../core/question.ts'

const area = 'context'
const caller = ['context-caller']
/** Usually this caller is the console. */
const console = ['context-caller', 'context-console']
const second = ['context-second-argument']

const typesOf = (value: unknown) =>
  Object.fromEntries(
    Object.entries(value as object)
      .map(([name, field]) => [name, typeof field] as const)
      .sort(),
  )

const contextOf = ({ context }: QuestionCloud) => context as Readonly<Record<string, unknown>>

/** Who calls, and what the second argument of `main` has. */
export const CONTEXT_QUESTIONS: readonly Question[] = [
  question('context.fields-of-this-caller', {
    area,
    settles: console,
    ask: ({ cloud }) => typesOf(cloud.getWXContext()),
  }),
  question('context.source-of-this-caller', { area, settles: console, ask: (cloud) => cloud.caller }),
  question('context.environment-of-this-caller', {
    area,
    settles: caller,
    ask: ({ cloud, environment }) => {
      const { ENV } = cloud.getWXContext() as { ENV?: unknown }
      return { type: typeof ENV, isTcbEnv: ENV === environment['TCB_ENV'] }
    },
  }),
  question('context.fields-in-a-called-function', {
    area,
    // The first call of all: an instance starts for it.
    milliseconds: 2500,
    settles: caller,
    ask: async ({ call }) => ((await call('caller')) as { result: unknown }).result,
  }),
  question('context.same-after-a-call', {
    area,
    settles: ['context-stale-identity'],
    ask: async ({ cloud, call }) => {
      const before = JSON.stringify(cloud.getWXContext())
      await call('caller')
      return before === JSON.stringify(cloud.getWXContext())
    },
  }),
  question('context.user-info-in-a-called-function', {
    area,
    settles: caller,
    ask: async ({ call }) => ((await call('echo', { a: 1 })) as { result: unknown }).result,
  }),
  question('context.second-argument', {
    area,
    settles: second,
    ask: ({ context }) => ({ type: typeof context, fields: typesOf(context) }),
  }),
  question('context.function-name', {
    area,
    settles: second,
    ask: (cloud) => contextOf(cloud)['function_name'],
  }),
  question('context.function-version', {
    area,
    settles: second,
    ask: (cloud) => contextOf(cloud)['function_version'],
  }),
  question('context.namespace-is-environment', {
    area,
    settles: second,
    ask: (cloud) => contextOf(cloud)['namespace'] === cloud.environment['TCB_ENV'],
  }),
  question('context.limits', {
    area,
    settles: ['context-limits'],
    ask: (cloud) => {
      const { memory_limit_in_mb: memory, time_limit_in_ms: time } = contextOf(cloud)
      return { memory, time }
    },
  }),
  question('context.environ-form', {
    area,
    settles: second,
    ask: (cloud) => {
      const { environ, environment } = contextOf(cloud)
      const isJson = typeof environment === 'string' && environment.startsWith('{')
      const separator = typeof environ === 'string' && /;WX_|;TCB_/.test(environ) ? ';' : undefined
      return { environ: typeof environ, separator, environment: typeof environment, isJson }
    },
  }),
  question('context.request-id-form', {
    area,
    settles: second,
    ask: (cloud) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(String(contextOf(cloud)['request_id'])),
  }),
  question('context.request-id-of-a-called-function', {
    area,
    settles: second,
    ask: async (cloud) => {
      const { result } = (await cloud.call('request-id')) as { result: unknown }
      return { type: typeof result, isTheCallers: result === contextOf(cloud)['request_id'] }
    },
  }),
  question('context.empties-the-event-loop', {
    area,
    settles: second,
    ask: (cloud) => contextOf(cloud)['callbackWaitsForEmptyEventLoop'],
  }),
]
