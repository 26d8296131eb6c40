import * as v from 'valibot'
import type {
  ListTripsData,
  ListTripsRequest,
  RemoveTripData,
  RemoveTripRequest,
  SaveTripData,
  SaveTripRequest,
  Trip,
} from '../../contract/app/trips.ts'
import { isVisibleText } from '../shared/core/visible-text.ts'
import type { LoggedIn } from '../shared/handlers/guard.ts'
import type { Call } from '../shared/request/call.ts'
import { textField } from '../shared/request/input.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import {
  documentKey,
  type FoundPage,
  OwnedCollection,
  type OwnedDocument,
} from '../shared/users/owned-collection.ts'
import { pageCursor } from '../shared/users/owned-page.ts'

const fields = v.object({ city: v.string(), days: v.number() })
type Fields = v.InferOutput<typeof fields>

export const trips = new OwnedCollection({ name: 'trips', maximum: 200, fields })

export const saveInput = requestSchema<SaveTripRequest>()(
  v.object({
    action: v.literal('save'),
    key: documentKey,
    city: v.pipe(textField(40), v.trim(), v.check(isVisibleText)),
    days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)),
  }),
)
export const listInput = requestSchema<ListTripsRequest>()(
  v.object({ action: v.literal('list'), cursor: pageCursor }),
)
export const removeInput = requestSchema<RemoveTripRequest>()(
  v.object({ action: v.literal('remove'), id: textField(128) }),
)

/** @throws AppError LIMIT_REACHED */
export async function saveTrip(
  { key, city, days }: v.InferOutput<typeof saveInput>,
  call: Call,
  { user }: LoggedIn,
  count: number,
): Promise<SaveTripData> {
  return { trip: toTrip(await trips.save(call, user, { key, fields: { city, days }, count })) }
}

export async function listTrips(
  _input: unknown,
  call: Call,
  { user }: LoggedIn,
  found: FoundPage<Fields>,
): Promise<ListTripsData> {
  const { documents, ...more } = await trips.page(call, user, found)
  return { trips: documents.map(toTrip), ...more }
}

export async function removeTrip(
  { id }: v.InferOutput<typeof removeInput>,
  call: Call,
): Promise<RemoveTripData> {
  await trips.remove(call, id)
  return {}
}

function toTrip({ _id, city, days, createdAt }: OwnedDocument<Fields>): Trip {
  return { id: _id, city, days, createdAt: createdAt.getTime() }
}
