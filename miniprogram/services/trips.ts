import type { ListTripsData, RemoveTripData, SaveTripData, Trip } from '../../contract/app/trips'
import type { Outcome } from '../auth/index'
import { callGuarded } from '../auth/index'
import { ChangeListeners } from './change-listeners'
import { dayText } from './date-text'
import type { ListSource } from './owned-list'

export interface TripDraft {
  city: string
  days: number
  /** The same for every save of one draft, so that a repeated save saves once. */
  key: string
}

export interface TripView {
  id: string
  city: string
  days: number
  /** `2026-11-01` */
  savedOn: string
}

const changes = new ChangeListeners()

export async function saveTrip({ city, days, key }: TripDraft): Promise<Outcome<SaveTripData>> {
  const outcome = await callGuarded('trips', { action: 'save', key, city, days })
  // Also after a failure: the trip may be saved although the answer was lost.
  changes.notify()
  return outcome
}

/** One page, newest first. @param cursor `nextCursor` of the page before */
function listTrips(cursor?: string): Promise<Outcome<ListTripsData>> {
  return callGuarded('trips', { action: 'list', ...(cursor === undefined ? {} : { cursor }) })
}

/** Removes a trip. One that is gone already is no failure. */
function removeTrip(id: string): Promise<Outcome<RemoveTripData>> {
  return callGuarded('trips', { action: 'remove', id })
}

/** For the list on a page. */
export const savedTrips: ListSource<TripView> = {
  onChange: (listener) => changes.add(listener),
  notify: (except) => changes.notify(except),
  remove: removeTrip,
  async load(cursor) {
    const outcome = await listTrips(cursor)
    if (!outcome.ok) return outcome
    const { trips, ...more } = outcome.data
    return { ok: true, data: { items: trips.map(viewTrip), ...more } }
  },
}

function viewTrip({ id, city, days, createdAt }: Trip): TripView {
  return { id, city, days, savedOn: dayText(createdAt) }
}
