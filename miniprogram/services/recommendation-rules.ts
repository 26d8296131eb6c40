import { TEXTS } from '../texts'
import type { Destination } from './destinations'
import { DESTINATIONS, destinationOf } from './destinations'

/** What the person keeps, newest first: names of destinations. */
export interface Tastes {
  favourites: readonly string[]
  trips: readonly string[]
}

export interface Recommendation {
  /** Its city. */
  id: string
  city: string
  intro: string
  /** Why it is shown, in a sentence. */
  reason: string
}

interface Source {
  destination: Destination
  because: string
  weight: number
}

const MOST = 6
const FAVOURITE_WEIGHT = 2
const TRIP_WEIGHT = 1

/**
 * Destinations that the person has neither in a trip nor among the favourites, those first that have most in common with
 * what is there; without anything in common the usual order. Rules alone: nothing leaves the phone for it.
 */
export function recommend({ favourites, trips }: Tastes): Recommendation[] {
  const sources = [
    ...sourcesOf(favourites, FAVOURITE_WEIGHT, TEXTS.recommendation.ofFavourite),
    ...sourcesOf(trips, TRIP_WEIGHT, TEXTS.recommendation.ofTrip),
  ]
  const isKnown = (city: string) => favourites.indexOf(city) >= 0 || trips.indexOf(city) >= 0
  return DESTINATIONS.filter(({ city }) => !isKnown(city))
    .map((destination) => ({ destination, score: scoreOf(destination, sources) }))
    .sort((one, other) => other.score - one.score)
    .slice(0, MOST)
    .map(({ destination }) => ({
      id: destination.city,
      city: destination.city,
      intro: destination.intro,
      reason: reasonFor(destination, sources),
    }))
}

function sourcesOf(cities: readonly string[], weight: number, because: (city: string) => string): Source[] {
  const sources: Source[] = []
  for (const city of cities) {
    const destination = destinationOf(city)
    if (destination) sources.push({ destination, weight, because: because(city) })
  }
  return sources
}

function scoreOf(destination: Destination, sources: readonly Source[]): number {
  return sources.reduce((score, source) => score + weightOf(destination, source), 0)
}

function weightOf(destination: Destination, source: Source): number {
  return common(destination, source).length * source.weight
}

/** Names the source that counts most. */
function reasonFor(destination: Destination, sources: readonly Source[]): string {
  const [best] = [...sources].sort((one, other) => weightOf(destination, other) - weightOf(destination, one))
  const tags = best ? common(destination, best) : []
  if (!best || tags.length === 0) return TEXTS.recommendation.popular(destination.tags)
  return TEXTS.recommendation.alike(best.because, tags)
}

function common(destination: Destination, { destination: other }: Source): string[] {
  return destination.tags.filter((tag) => other.tags.indexOf(tag) >= 0)
}
