import { Refused } from './refusal.ts'

/** One call of the function: a part of a run, a removal, or a probe that the function asks of itself. */
export interface PartEvent {
  readonly token: string
  /** Index of the first question of the part. */
  readonly next: number
  /** How long questions may begin, in seconds. */
  readonly seconds: number
  /** How many times its usual time a question may take, on a slow machine. */
  readonly patience: number
  /** Names of the only questions to ask; all when empty. */
  readonly only: readonly string[]
  readonly isRemoval: boolean
  readonly probe: string | undefined
  readonly data: unknown
}

/** Short enough for the usual time limit of 3 s. */
const DEFAULT_SECONDS = 1.2
const MAXIMUM_SECONDS = 600
const MAXIMUM_PATIENCE = 100

/** @throws Refused EVENT_INVALID, TOKEN_MISSING */
export function readEvent(event: unknown): PartEvent {
  if (typeof event !== 'object' || event === null)
    throw new Refused('EVENT_INVALID', 'the event must be an object')
  const {
    token,
    next = 0,
    seconds = DEFAULT_SECONDS,
    patience = 1,
    only = [],
    remove = false,
    probe,
    data,
  } = event as Record<string, unknown>
  if (typeof token !== 'string' || token === '')
    throw new Refused('TOKEN_MISSING', '{"token": "…"}: npm run parity -- token')
  if (typeof next !== 'number' || !Number.isInteger(next) || next < 0)
    throw new Refused('EVENT_INVALID', 'next must be a whole number from 0')
  if (typeof seconds !== 'number' || !(seconds > 0 && seconds <= MAXIMUM_SECONDS))
    throw new Refused('EVENT_INVALID', `seconds must be a number up to ${MAXIMUM_SECONDS}`)
  if (typeof patience !== 'number' || !(patience > 0 && patience <= MAXIMUM_PATIENCE))
    throw new Refused('EVENT_INVALID', `patience must be a number up to ${MAXIMUM_PATIENCE}`)
  if (!Array.isArray(only)) throw new Refused('EVENT_INVALID', 'only must be an array of names')
  if (probe !== undefined && typeof probe !== 'string')
    throw new Refused('EVENT_INVALID', 'probe must be a text')
  return { token, next, seconds, patience, only, isRemoval: remove === true, probe, data }
}
