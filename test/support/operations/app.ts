import type { TestUser } from '../test-user.ts'
import { guarded } from './guarded.ts'
import type { Operation } from './operation.ts'
import { ownedOperations } from './owned.ts'

const SAME_CODE = 'its code is that of trips'
const AS_TRIPS = { races: SAME_CODE, faults: SAME_CODE }

/** The operations of the app's own functions. `npm run new` adds to them. */
export const APP_OPERATIONS: readonly Operation[] = [
  ...ownedOperations('trips', { city: '杭州', days: 3 }),
  ...ownedOperations('favourites', { city: '大理' }, AS_TRIPS),
  ...ownedOperations('history', { city: '大理' }, AS_TRIPS),
  guarded(
    'history',
    'clear',
    { english: 'removes all', chinese: '全部删除' },
    { request: ({ token }) => ({ token, action: 'clear' }) },
  ),
]

/** For each function with an owned collection, the request that saves a document, without the token. */
export const SEEDS: readonly { function: string; request: object }[] = APP_OPERATIONS.flatMap(
  ({ function: name, seed }) => (seed ? [{ function: name, request: seed }] : []),
)

/** Saves a document of the user in every owned collection. */
export async function saveSeeds(user: TestUser, token = user.token): Promise<void> {
  for (const { function: name, request } of SEEDS) await user.call(name, { token, ...request })
}
