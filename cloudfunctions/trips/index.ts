import { guarded } from '../shared/guard.ts'
import { serve } from '../shared/serve.ts'
import { trips, tripsInput } from './trips.ts'

export const main = serve('trips', tripsInput, guarded(trips))
