import * as v from 'valibot'
import type { ListTripsData } from '../../contract/trips.ts'
import { AppError } from '../shared/app-error.ts'
import type { Call } from '../shared/call.ts'
import { ofClosedAccount } from '../shared/closed-accounts.ts'
import { command as _, ask } from '../shared/database.ts'
import type { LoggedIn } from '../shared/guard.ts'
import { textField } from '../shared/input.ts'
import { readTrips, savedTrips, type TripDocument, toTrip } from './trip.ts'

const PAGE_SIZE = 20

export const listInput = v.object({ action: v.literal('list'), cursor: v.optional(textField(256)) })

/** What a page can end at. */
const placeSchema = v.object({ _id: v.string(), createdAt: v.date() })

interface FoundTrips {
  /** Those of the page that can be read. */
  trips: readonly TripDocument[]
  nextCursor?: string
}

/** One trip more than a page holds, which shows whether there is a next page. */
export async function findTrips(
  { cursor }: v.InferOutput<typeof listInput>,
  call: Call,
): Promise<FoundTrips> {
  const { userId, budget } = call
  const own = { userId }
  const condition = cursor === undefined ? own : _.and([own, olderThan(cursor)])
  const query = savedTrips()
    .where(condition)
    .orderBy('createdAt', 'desc')
    .orderBy('_id', 'desc')
    .limit(PAGE_SIZE + 1)
  const { data } = await ask(budget, query.get())
  const page = data.slice(0, PAGE_SIZE)
  const [last] = page.filter((document) => v.is(placeSchema, document)).slice(-1)
  const nextCursor = data.length > PAGE_SIZE && last ? cursorAfter(last) : undefined
  return { trips: readTrips(call, page), ...(nextCursor === undefined ? {} : { nextCursor }) }
}

export async function pageOf(
  _input: unknown,
  call: Call,
  { user }: LoggedIn,
  { trips, ...more }: FoundTrips,
): Promise<ListTripsData> {
  // A save that met the closing of this person's earlier account may have left a trip behind until it is cleaned up.
  const isOfClosed = await ofClosedAccount(call.budget, user, trips)
  return { trips: trips.filter((trip) => !isOfClosed(trip)).map(toTrip), ...more }
}

/** Where a page ended: time and id of its last trip, since two trips may have been saved in one millisecond. */
function cursorAfter({ createdAt, _id }: v.InferOutput<typeof placeSchema>): string {
  return `${createdAt.getTime()}.${_id}`
}

/** @throws AppError BAD_REQUEST for a cursor that this function did not make */
function olderThan(cursor: string): object {
  const [, time, id] = /^(\d{1,15})\.([\w.-]{1,128})$/.exec(cursor) ?? []
  if (time === undefined || id === undefined) throw new AppError('BAD_REQUEST', { field: 'cursor' })
  const createdAt = new Date(Number(time))
  return _.or([{ createdAt: _.lt(createdAt) }, { createdAt, _id: _.lt(id) }])
}
