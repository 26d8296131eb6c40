import type { Favourite, ListFavouritesData } from '../../contract/app/favourites'
import type { Outcome } from '../auth/index'
import { callGuarded, onSessionChange } from '../auth/index'
import { ChangeListeners } from './change-listeners'
import { dayText } from './date-text'
import { keyOfText } from './document-key'
import type { ListSource } from './owned-list'

export interface FavouriteView {
  id: string
  city: string
  /** `2026-11-01` */
  savedOn: string
}

const changes = new ChangeListeners()

/** Favourites of the person who is logged in, as far as this phone knows them. */
let known: readonly { id: string; city: string }[] = []
let knownOf: string | undefined
onSessionChange(({ userInfo }) => {
  if (userInfo?.id !== knownOf) known = []
  knownOf = userInfo?.id
})

export function isKnownFavourite(city: string): boolean {
  return known.some((favourite) => favourite.city === city)
}

/** Adds a destination to the favourites. Once is as good as twice. */
export async function addFavourite(city: string): Promise<Outcome<object>> {
  const outcome = await callGuarded('favourites', { action: 'save', key: keyOfText(city), city })
  if (outcome.ok) {
    mark(outcome.data.item)
    changes.notify()
  }
  return outcome
}

/** Removes a destination that is known to be among the favourites. It is there twice where another account brought it. */
export async function removeFavourite(city: string): Promise<Outcome<object>> {
  for (const { id } of known.filter((favourite) => favourite.city === city)) {
    const outcome = await remove(id)
    if (!outcome.ok) return outcome
  }
  changes.notify()
  return { ok: true, data: {} }
}

/** Every favourite, newest first. */
export async function loadFavourites(): Promise<Outcome<FavouriteView[]>> {
  const all: FavouriteView[] = []
  let cursor: string | undefined
  do {
    const page = await favourites.load(cursor)
    if (!page.ok) return page
    all.push(...page.data.items)
    cursor = page.data.nextCursor
  } while (cursor !== undefined)
  return { ok: true, data: all }
}

/** For the list on a page. */
export const favourites: ListSource<FavouriteView> = {
  onChange: (listener) => changes.add(listener),
  notify: (except) => changes.notify(except),
  remove,
  async load(cursor) {
    const outcome = await listPage(cursor)
    if (!outcome.ok) return outcome
    const { items, ...more } = outcome.data
    for (const item of items) mark(item)
    return { ok: true, data: { items: items.map(viewOf), ...more } }
  },
}

async function remove(id: string): Promise<Outcome<object>> {
  const outcome = await callGuarded('favourites', { action: 'remove', id })
  if (outcome.ok) known = known.filter((favourite) => favourite.id !== id)
  return outcome
}

function mark({ id, city }: Favourite): void {
  known = [...known.filter((favourite) => favourite.id !== id), { id, city }]
}

function listPage(cursor?: string): Promise<Outcome<ListFavouritesData>> {
  return callGuarded('favourites', { action: 'list', ...(cursor === undefined ? {} : { cursor }) })
}

function viewOf({ id, city, createdAt }: Favourite): FavouriteView {
  return { id, city, savedOn: dayText(createdAt) }
}
