/** Part of the guarded business example: a user's saved trips. */
export interface SaveTripRequest {
  action: 'save'
  /**
   * Chosen by the client, new for each trip and the same for each retry: saving twice under one key saves once.
   * 8 to 64 letters, digits, `-` and `_`.
   */
  key: string
  /** 1 to 40 characters, each of them visible. */
  city: string
  /** A whole number from 1 to 30. */
  days: number
}

export interface ListTripsRequest {
  action: 'list'
  /** `nextCursor` of the page before; absent for the first page. */
  cursor?: string
}

/** Removing a trip that is gone is no error. */
export interface RemoveTripRequest {
  action: 'remove'
  /** `id` of a trip. */
  id: string
}

export interface SaveTripData {
  trip: Trip
}

export interface ListTripsData {
  /** Newest first, at most 20. */
  trips: Trip[]
  /** Present when there may be more. */
  nextCursor?: string
}

export interface Trip {
  id: string
  city: string
  days: number
  /** Milliseconds since 1970. */
  createdAt: number
}

export type RemoveTripData = Record<never, never>
