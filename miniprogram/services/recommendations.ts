import type { Outcome } from '../auth/index'
import { favourites, loadFavourites } from './favourites'
import type { ListSource } from './owned-list'
import type { Recommendation, Tastes } from './recommendation-rules'
import { recommend } from './recommendation-rules'
import { savedTrips } from './trips'

async function loadTastes(): Promise<Outcome<Tastes>> {
  const [kept, trips] = await Promise.all([loadFavourites(), savedTrips.load()])
  if (!kept.ok) return kept
  if (!trips.ok) return trips
  return {
    ok: true,
    data: { favourites: kept.data.map(({ city }) => city), trips: trips.data.items.map(({ city }) => city) },
  }
}

/** For the list on a page. */
export const recommendations: ListSource<Recommendation> = {
  onChange(listener) {
    const stops = [favourites.onChange(listener), savedTrips.onChange(listener)]
    return () => {
      for (const stop of stops) stop()
    }
  },
  async load() {
    const tastes = await loadTastes()
    return tastes.ok ? { ok: true, data: { items: recommend(tastes.data) } } : tastes
  },
}
