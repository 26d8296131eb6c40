import * as v from 'valibot'
import type { RemoveTripData } from '../../contract/trips.ts'
import type { Call } from '../shared/call.ts'
import { ask } from '../shared/database.ts'
import { textField } from '../shared/input.ts'
import { savedTrips } from './trip.ts'

export const removeInput = v.object({ action: v.literal('remove'), id: textField(128) })

/** Removes a trip of the caller's; anybody else's is not found, and one that is gone is what the user wants it to be. */
export async function removeTrip(
  { id }: v.InferOutput<typeof removeInput>,
  { userId, budget }: Call,
): Promise<RemoveTripData> {
  await ask(budget, savedTrips().where({ _id: id, userId }).remove())
  return {}
}
