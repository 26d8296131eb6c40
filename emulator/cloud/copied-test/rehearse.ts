import { setTimeout as sleep } from 'node:timers/promises'
import type { CallResult } from '../../control/calls.ts'
import { ControlClient } from '../../control/client.ts'
import type { Invocation } from '../../control/invocation.ts'
import { outcomeOf } from '../../control/outcome.ts'
import type { Database } from '../database/database.ts'
import { copyCollections, type SeparateCloud } from '../example/separate-cloud.ts'
import { fillTemplate, type MadeValue, valueAt } from './event-values.ts'
import type { Recipe, Step } from './recipe.ts'
import { UNKNOWN_VALUE } from './write-test.ts'

/** A call that waits for a fault may take as long as its function. */
const LONGEST_MILLISECONDS = 30_000

/**
 * Does what a test would do, in an empty cloud of its own.
 * @param database whose collections the cloud gets
 * @returns the outcome in words; undefined if it takes too long to wait for
 */
export async function rehearse(
  { steps }: Recipe,
  database: Database,
  open: () => Promise<SeparateCloud>,
): Promise<string | undefined> {
  const cloud = await open()
  const ended = new AbortController()
  try {
    copyCollections(database, cloud.database)
    const tooLong = sleep(LONGEST_MILLISECONDS, undefined, { signal: ended.signal }).catch(() => undefined)
    return await Promise.race([runAll(steps, cloud), tooLong])
  } finally {
    ended.abort()
    await cloud.close()
  }
}

async function runAll(steps: readonly Step[], cloud: SeparateCloud): Promise<string> {
  const control = new ControlClient(cloud.controlUrl)
  const answers = new Map<Invocation, CallResult>()
  let last: CallResult = {}
  for (const step of steps) {
    if (step.kind === 'put') put(cloud.database, step.collection, step.document)
    else if (step.kind === 'advance') await control.post('clock', { advanceSeconds: step.seconds })
    else if (step.kind === 'fault') await control.post('faults', step.fault)
    else {
      last = await repeat(step.call, step.event, control, answers)
      answers.set(step.call, last)
    }
  }
  const { errCode, errMsg = '', result } = last
  const error = errCode === undefined ? {} : { error: { errCode, errMsg } }
  return outcomeOf({ result, durationMilliseconds: 0, ...error }).text
}

function put(database: Database, collection: string, document: Record<string, unknown>): void {
  if (!database.collections().some(({ name }) => name === collection)) database.createCollection(collection)
  database.putDocument(collection, document)
}

async function repeat(
  { functionName, openid }: Invocation,
  template: unknown,
  control: ControlClient,
  answers: ReadonlyMap<Invocation, CallResult>,
): Promise<CallResult> {
  const codes = new Map<MadeValue['kind'], string>()
  if (openid !== undefined) {
    codes.set('phone-code', (await control.post('phone-code', { openid })).code)
    codes.set('login-code', (await control.post('login-code', { openid })).code)
  }
  const data = fillTemplate(template, (made) => {
    if (made.kind === 'answer') return valueAt(answers.get(made.call)?.result, made.path) ?? UNKNOWN_VALUE
    return codes.get(made.kind) ?? UNKNOWN_VALUE
  })
  return control.post('invoke', { function: functionName, data, ...(openid === undefined ? {} : { openid }) })
}
