import { byAction } from '../shared/by-action.ts'
import { guarded } from '../shared/guard.ts'
import { serve } from '../shared/serve.ts'
import { findTrips, listInput, pageOf } from './list-trips.ts'
import { removeInput, removeTrip } from './remove-trip.ts'
import { countTrips, saveInput, saveTrip } from './save-trip.ts'

/** The guarded business example: the caller's own trips, and nobody else's. */
export const main = serve(
  'trips',
  byAction({
    save: guarded(saveInput, saveTrip, countTrips),
    list: guarded(listInput, pageOf, findTrips),
    remove: guarded(removeInput, removeTrip),
  }),
)
