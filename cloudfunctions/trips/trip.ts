import * as v from 'valibot'
import type { Trip } from '../../contract/trips.ts'
import { AppError } from '../shared/app-error.ts'
import type { Invocation } from '../shared/call.ts'
import { refuseClientDocument } from '../shared/client-document.ts'
import { reportDamaged } from '../shared/damaged-document.ts'
import { collection } from '../shared/database.ts'

/** A document of `trips`. Its id holds the user's, so that nobody's key can meet anybody else's. */
const tripSchema = v.object({
  _id: v.string(),
  userId: v.string(),
  /** Of which account of that user; absent for one of an older version, or an import. */
  generation: v.fallback(v.optional(v.string()), undefined),
  city: v.string(),
  days: v.number(),
  createdAt: v.date(),
})
export type TripDocument = v.InferOutput<typeof tripSchema>

export const savedTrips = () => collection('trips')

/** @throws AppError MISCONFIGURED for one that a client wrote itself, INTERNAL for one that is not whole */
export function parseTrip(document: unknown): TripDocument {
  refuseClientDocument('trips', document)
  const trip = v.safeParse(tripSchema, document)
  if (trip.success) return trip.output
  throw new AppError('INTERNAL', { log: 'a document of `trips` is damaged' })
}

export function toTrip({ _id, city, days, createdAt }: TripDocument): Trip {
  return { id: _id, city, days, createdAt: createdAt.getTime() }
}

/**
 * Those that can be read. One that is damaged keeps nobody from the others: it stays, and the log names it.
 * @throws AppError MISCONFIGURED for one that a client wrote itself
 */
export function readTrips(invocation: Invocation, documents: readonly unknown[]): TripDocument[] {
  return documents.flatMap((document) => {
    refuseClientDocument('trips', document)
    const trip = v.safeParse(tripSchema, document)
    if (trip.success) return [trip.output]
    reportDamaged(invocation, 'trips', [document])
    return []
  })
}
