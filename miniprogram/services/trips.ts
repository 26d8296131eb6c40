import type { ListTripsData, RemoveTripData, SaveTripData, Trip } from '../../contract/trips'
import { deviceClock } from '../utils/clock'
import { callGuarded } from '../utils/cloud'
import type { Outcome } from '../utils/failure'

export interface TripDraft {
  city: string
  days: number
  /** One for the life of a draft, so that a save that is sent twice saves once. */
  key: string
}

export interface TripView {
  id: string
  city: string
  days: number
  /** `2026-11-01` */
  savedOn: string
}

export function newDraftKey(): string {
  const chance = () => deviceClock.random().toString(36).slice(2, 12)
  return `${deviceClock.now().toString(36)}-${chance()}${chance()}`
}

let listeners: readonly (() => void)[] = []

/** Calls the listener when this phone has changed what is saved, or may have. @returns ends that */
export function onTripsChange(listener: () => void): () => void {
  listeners = [...listeners, listener]
  return () => {
    listeners = listeners.filter((other) => other !== listener)
  }
}

export async function saveTrip({ city, days, key }: TripDraft): Promise<Outcome<SaveTripData>> {
  const outcome = await callGuarded('trips', { action: 'save', key, city, days })
  // Also after a failure: it may be saved though the answer was lost.
  for (const listener of listeners) listener()
  return outcome
}

/** One page, newest first. @param cursor `nextCursor` of the page before */
export function listTrips(cursor?: string): Promise<Outcome<ListTripsData>> {
  return callGuarded('trips', { action: 'list', ...(cursor === undefined ? {} : { cursor }) })
}

/** Removes one for good; one that is gone already is no failure. */
export function removeTrip(id: string): Promise<Outcome<RemoveTripData>> {
  return callGuarded('trips', { action: 'remove', id })
}

export function viewTrip({ id, city, days, createdAt }: Trip): TripView {
  const date = new Date(createdAt)
  const two = (value: number) => (value < 10 ? `0${value}` : `${value}`)
  return {
    id,
    city,
    days,
    savedOn: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
  }
}
