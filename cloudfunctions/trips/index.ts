import type { RequestOf } from '../../contract/functions.ts'
import { authenticated } from '../shared/handlers/authenticated.ts'
import { byAction } from '../shared/handlers/by-action.ts'
import { serve } from '../shared/handlers/serve.ts'
import { listInput, listTrips, removeInput, removeTrip, saveInput, saveTrip, trips } from './trips.ts'

/** The example of an app's own function: the caller's trips. */
export const main = serve(
  'trips',
  byAction<RequestOf<'trips'>['action'], object>({
    save: authenticated(saveInput, saveTrip, trips.count),
    list: authenticated(listInput, listTrips, trips.find),
    remove: authenticated(removeInput, removeTrip),
  }),
)
