import * as v from 'valibot'
import type { ListTripsData } from '../../contract/trips.ts'
import { AppError } from '../shared/app-error.ts'
import type { Call } from '../shared/call.ts'
import { isBefore } from '../shared/clock-skew.ts'
import { command as _, ask } from '../shared/database.ts'
import type { LoggedIn } from '../shared/guard.ts'
import { textField } from '../shared/input.ts'
import { parseTrip, savedTrips, type TripDocument, toTrip } from './trip.ts'

const PAGE_SIZE = 20

export const listInput = v.object({ action: v.literal('list'), cursor: v.optional(textField(256)) })

/** One trip more than a page holds, which shows whether there is a next page. */
export async function findTrips(
  { cursor }: v.InferOutput<typeof listInput>,
  { userId, budget }: Call,
): Promise<TripDocument[]> {
  const own = { userId }
  const condition = cursor === undefined ? own : _.and([own, olderThan(cursor)])
  const query = savedTrips()
    .where(condition)
    .orderBy('createdAt', 'desc')
    .orderBy('_id', 'desc')
    .limit(PAGE_SIZE + 1)
  const { data } = await ask(budget, query.get())
  return data.map(parseTrip)
}

export function pageOf(
  _input: unknown,
  _call: Call,
  { user }: LoggedIn,
  found: readonly TripDocument[],
): ListTripsData {
  const page = found.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  const more = found.length > PAGE_SIZE && last ? { nextCursor: cursorAfter(last) } : {}
  // A save that met the closing of this person's earlier account may have left a trip behind until it is cleaned up.
  const own = page.filter(({ createdAt }) => !isBefore(createdAt, user.createdAt))
  return { trips: own.map(toTrip), ...more }
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
