/**
 * The cloud function `parity`: asks the questions of the catalogue in the environment it is deployed to. `{"token": "…"}`
 * runs the first part, whose answer says what to send next; `{"token": "…", "remove": true}` removes what a run that broke
 * off has left. It is deployed apart from the functions of the product.
 */
import cloud from 'wx-server-sdk'
import { CATALOGUE } from '../../catalogue.ts'
import { catalogueHash } from '../../core/catalogue-hash.ts'
import type { Database } from '../../core/database.ts'
import { keep } from '../../core/kept.ts'
import { normaliseError } from '../../core/normalise.ts'
import { ANSWER_VERSION, type PartAnswer, type Refusal } from '../../core/run-answer.ts'
import { TIMER_RECORD, timerRecord } from '../../core/timer-record.ts'
import { PROBES } from '../../probes/probes.ts'
import { type CallerContext, checkCaller } from './caller.ts'
import { type PartEvent, readEvent } from './event.ts'
import { DOCUMENT_COLLECTIONS, Leftovers } from './leftovers.ts'
import { namesOf } from './names.ts'
import { questionCloud } from './question-cloud.ts'
import { Refused } from './refusal.ts'
import { runPart } from './run-part.ts'
import { COLLECTIONS, makeCollections, Session } from './session.ts'
import { checkToken } from './token.ts'

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV } as unknown as Parameters<typeof cloud.init>[0])

/** @returns the answers of one part, a refusal, or what a probe answers */
export async function main(event: unknown, context: unknown): Promise<unknown> {
  const caller = cloud.getWXContext() as CallerContext
  const names = namesOf(caller, process.env)
  if (caller['SOURCE'] === 'wx_trigger') return recordTimer(event, caller)
  try {
    return await answer(readEvent(event), { caller, context, names })
  } catch (error) {
    if (error instanceof Refused) return error.answer
    // A probe that throws is asked for it.
    if ((event as { probe?: unknown }).probe !== undefined) throw error
    const { text } = normaliseError(error, names)
    return { parity: ANSWER_VERSION, refused: 'CLOUD_FAILED', message: text } satisfies Refusal
  }
}

/** A timer may call while a run is open; it writes down the names of what it was given, and does nothing else. */
async function recordTimer(event: unknown, caller: CallerContext): Promise<unknown> {
  const db = cloud.database() as unknown as Database
  const isOpen = await Session.isOpen(db, Date.now())
  if (isOpen) await keep(db, TIMER_RECORD, timerRecord(event, caller, process.env))
  return { parity: ANSWER_VERSION, recorded: isOpen }
}

interface Call {
  caller: CallerContext
  context: unknown
  names: Map<string, string>
}

async function answer(event: PartEvent, { caller, context, names }: Call): Promise<unknown> {
  const kept = checkToken(event.token, Date.now())
  const source = checkCaller(caller)
  const db = cloud.database() as unknown as Database
  if (event.probe !== undefined) {
    if (!(await Session.isOpen(db, Date.now()))) throw new Refused('TOKEN_USED', 'a probe belongs to a run')
    return runProbe(event.probe, event.data, context)
  }
  names.set(event.token, 'TOKEN')
  await makeCollections(db)
  const session = await Session.open(db, kept, Date.now())
  const leftovers = new Leftovers(db, cloud, names)
  await leftovers.readPaths()
  const before = await leftovers.remove(DOCUMENT_COLLECTIONS)
  const used = new Set<string>()
  const tools = {
    cloud: questionCloud({ db, leftovers, used, context, caller: source, token: event.token }),
    leftovers,
    used,
    names,
    patience: event.patience,
    catalogue: catalogueHash(CATALOGUE.map(({ name }) => name)),
  }
  const { only } = event
  const wanted = CATALOGUE.filter(({ name }) => only.length === 0 || only.includes(name))
  const questions = event.isRemoval ? [] : wanted
  const part: PartAnswer = await runPart({ questions, next: event.next, seconds: event.seconds }, tools)
  if (part.next !== undefined) return { ...part, notRemoved: [...before, ...part.notRemoved] }
  const after = await leftovers.remove([COLLECTIONS.kept])
  if (!event.isRemoval) await session.end(Date.now())
  return { ...part, notRemoved: [...before, ...part.notRemoved, ...after] }
}

/** Only with the token, which the run itself sends. */
async function runProbe(name: string, data: unknown, context: unknown): Promise<unknown> {
  const probe = PROBES.find((known) => known.name === name)
  if (!probe) throw new Refused('PROBE_UNKNOWN', `there is no probe ${name.slice(0, 64)}`)
  return probe.run(data, context)
}
