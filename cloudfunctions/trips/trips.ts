import * as v from 'valibot'
import type { ListTripsData, SaveTripData, Trip } from '../../contract/trips.ts'
import { AppError } from '../shared/app-error.ts'
import type { Call } from '../shared/call.ts'
import { command as _, ask, collection, DuplicateKey } from '../shared/database.ts'
import { textField } from '../shared/input.ts'

const PAGE_SIZE = 20

const saveInput = v.object({
  action: v.literal('save'),
  key: v.pipe(v.string(), v.regex(/^[\w-]{8,64}$/)),
  city: v.pipe(textField(40), v.trim(), v.minLength(1)),
  days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)),
})
const listInput = v.object({ action: v.literal('list'), cursor: v.optional(textField(256)) })

export const tripsInput = v.variant('action', [saveInput, listInput])

/** A document of `trips`. Its id holds the user's, so that nobody's key can meet anybody else's. */
const tripSchema = v.object({
  _id: v.string(),
  userId: v.string(),
  city: v.string(),
  days: v.number(),
  createdAt: v.date(),
})
type TripDocument = v.InferOutput<typeof tripSchema>

/** The guarded business example: the caller's own trips, and nobody else's. */
export async function trips(
  input: v.InferOutput<typeof tripsInput>,
  call: Call,
): Promise<SaveTripData | ListTripsData> {
  return input.action === 'save' ? saveTrip(input, call) : listTrips(input, call)
}

/** Saves once under one key, however often it is asked to. */
async function saveTrip(input: v.InferOutput<typeof saveInput>, call: Call): Promise<SaveTripData> {
  const { budget, userId, now } = call
  const { key, city, days } = input
  const document = { _id: `${userId}.${key}`, userId, city, days, createdAt: new Date(now) }
  try {
    await ask(budget, collection('trips').add({ data: document }))
    return { trip: toTrip(document) }
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error
    const { data } = await ask(budget, collection('trips').doc(document._id).get())
    return { trip: toTrip(parseTrip(data)) }
  }
}

async function listTrips({ cursor }: v.InferOutput<typeof listInput>, call: Call): Promise<ListTripsData> {
  const own = { userId: call.userId }
  const condition = cursor === undefined ? own : _.and([own, olderThan(cursor)])
  const query = collection('trips')
    .where(condition)
    .orderBy('createdAt', 'desc')
    .orderBy('_id', 'desc')
    .limit(PAGE_SIZE + 1)
  const { data } = await ask(call.budget, query.get())
  const found = data.map(parseTrip)
  const page = found.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  const more = found.length > PAGE_SIZE && last ? { nextCursor: cursorAfter(last) } : {}
  return { trips: page.map(toTrip), ...more }
}

/** Where a page ended: time and id of its last trip, since two trips may have been saved in one millisecond. */
function cursorAfter({ createdAt, _id }: TripDocument): string {
  return `${createdAt.getTime()}.${_id}`
}

/** @throws AppError BAD_REQUEST for a cursor that this function did not make */
function olderThan(cursor: string): object {
  const [, time, id] = /^(\d{1,15})\.([\w.-]{1,128})$/.exec(cursor) ?? []
  if (time === undefined || id === undefined) throw new AppError('BAD_REQUEST', { field: 'cursor' })
  const createdAt = new Date(Number(time))
  return _.or([{ createdAt: _.lt(createdAt) }, { createdAt, _id: _.lt(id) }])
}

function parseTrip(document: unknown): TripDocument {
  const trip = v.safeParse(tripSchema, document)
  if (trip.success) return trip.output
  throw new AppError('INTERNAL', { log: 'a document of `trips` is damaged' })
}

function toTrip({ _id, city, days, createdAt }: TripDocument): Trip {
  return { id: _id, city, days, createdAt: createdAt.getTime() }
}
