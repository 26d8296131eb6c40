import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import type { Answer, Failure } from '../../../contract/answer.ts'
import type { Language } from '../../../contract/language.ts'
import { AppError } from '../core/app-error.ts'
import { buildId } from '../core/build-id.ts'
import { handOver } from '../core/caught-errors.ts'
import { log } from '../core/log.ts'
import { logFailure } from '../core/log-failure.ts'
import { type InLanguages, MESSAGES } from '../core/messages.ts'
import { REASONS } from '../core/reasons.ts'
import { readSdkError } from '../core/sdk-error.ts'
import { currentKeys } from '../crypto/keys.ts'
import { Budget } from '../request/budget.ts'
import type { Handler, Invocation } from '../request/call.ts'
import { languageOf } from '../request/language.ts'
import { makeLoggable } from '../request/loggable.ts'
import { currentRequestSource } from '../request/request-source.ts'

/**
 * The boundary of every cloud function: collects what the platform says about the invocation, runs the handler, and turns
 * its result or error into an answer. Never throws, since the platform would pass the message on to the client.
 * @param name of the function, for its log
 * @param handle one of `anyone`, `authenticated`, `limited`, `adminOnly`, `onTimer`, or several `byAction`
 */
export function serve<Data>(
  name: string,
  handle: Handler<Data>,
): (event: unknown, context?: unknown) => Promise<Answer<Data>> {
  return async (event, context) => {
    const requestId = requestIdOf(context)
    const language = languageOf(event)
    try {
      const data = await handle(prepare(name, { requestId, language, event }, context))
      return { code: 200, message: MESSAGES[language].success, data, requestId }
    } catch (error) {
      return failure(name, error, requestId, language)
    }
  }
}

function prepare(
  functionName: string,
  request: Pick<Invocation, 'requestId' | 'language' | 'event'>,
  context: unknown,
): Invocation {
  const budget = new Budget()
  const requestSource = currentRequestSource()
  return makeLoggable({
    functionName,
    ...request,
    requestSource,
    keys: currentKeys(),
    now: Date.now(),
    budget,
    timeLimit: timeLimitOf(context),
  })
}

const COLON: InLanguages = { zh: '：', en: ': ' }

function failure(name: string, error: unknown, requestId: string, language: Language): Failure {
  const refusal = error instanceof AppError ? error : new AppError('INTERNAL', { log: describe(error) })
  const { code } = REASONS[refusal.reason]
  const { text = MESSAGES[language][refusal.reason] } = refusal
  const message = typeof text === 'string' ? text : text[language]
  const isDefect = code >= 500
  if (isDefect) handOver(error)
  const { reason, field, log: detail } = refusal
  const entry = { function: name, requestId, field, detail }
  if (isDefect) logFailure(refusal, { ...entry, build: buildId })
  else log('info', { ...entry, reason })
  return {
    code,
    reason: refusal.reason,
    message: refusal.field === undefined ? message : `${message}${COLON[language]}${refusal.field}`,
    requestId,
    ...(refusal.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: refusal.retryAfterSeconds }),
    ...(refusal.ticket === undefined ? {} : { ticket: refusal.ticket }),
  }
}

/** Where a defect happened, with the SDK's number if it is one of its errors, and without its message, which may quote a user's data. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return `threw ${typeof error}`
  const places = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  const { errCode } = readSdkError(error)
  const number = errCode === undefined ? [] : [`errCode ${errCode}`]
  return [error.name, ...number, ...places.slice(0, 8).map((line) => line.trim())].join(' ')
}

function requestIdOf(context: unknown): string {
  const id = v.safeParse(v.object({ request_id: v.pipe(v.string(), v.minLength(1)) }), context)
  return id.success ? id.output.request_id : randomUUID()
}

const timeLimitSchema = v.object({
  time_limit_in_ms: v.pipe(v.number(), v.minValue(1000), v.maxValue(900_000)),
})

function timeLimitOf(context: unknown): number | undefined {
  const parsed = v.safeParse(timeLimitSchema, context)
  return parsed.success ? parsed.output.time_limit_in_ms : undefined
}
