import * as v from 'valibot'
import type { SaveTripData } from '../../contract/trips.ts'
import { AppError } from '../shared/app-error.ts'
import type { Call } from '../shared/call.ts'
import { ask, DuplicateKey } from '../shared/database.ts'
import type { LoggedIn } from '../shared/guard.ts'
import { textField } from '../shared/input.ts'
import { ownership } from '../shared/owned-collections.ts'
import { isVisibleText } from '../shared/visible-text.ts'
import { parseTrip, savedTrips, toTrip } from './trip.ts'

/** So many trips one account may keep. Saves under way at the same moment may pass it by as many as they are. */
export const MAXIMUM_TRIPS = 200

export const saveInput = v.object({
  action: v.literal('save'),
  key: v.pipe(v.string(), v.regex(/^[\w-]{8,64}$/)),
  city: v.pipe(textField(40), v.trim(), v.check(isVisibleText)),
  days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)),
})

export async function countTrips(_input: unknown, { budget, userId }: Call): Promise<number> {
  const { total } = await ask(budget, savedTrips().where({ userId }).count())
  return total
}

/**
 * Saves once under one key, however often it is asked to.
 * @throws AppError LIMIT_REACHED
 */
export async function saveTrip(
  input: v.InferOutput<typeof saveInput>,
  call: Call,
  { user }: LoggedIn,
  trips: number,
): Promise<SaveTripData> {
  const { budget, userId, now } = call
  const { key, city, days } = input
  const document = { _id: `${userId}.${key}`, ...ownership(user), city, days, createdAt: new Date(now) }
  if (trips >= MAXIMUM_TRIPS) return { trip: await savedBefore(call, document._id) }
  try {
    await ask(budget, savedTrips().add({ data: document }))
    return { trip: toTrip(document) }
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error
    return { trip: await savedBefore(call, document._id) }
  }
}

/** A save whose answer was lost is asked for again; that is no new trip. */
async function savedBefore({ budget }: Call, id: string): Promise<SaveTripData['trip']> {
  const { data } = await ask(budget, savedTrips().doc(id).get())
  if (data === null || data === undefined) throw new AppError('LIMIT_REACHED')
  return toTrip(parseTrip(data))
}
