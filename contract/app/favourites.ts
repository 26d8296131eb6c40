export interface SaveFavouritesRequest {
  action: 'save'
  /**
   * Chosen by the client, new for each document and the same for each retry: saving twice under one key saves once.
   * 8 to 64 letters, digits, `-` and `_`.
   */
  key: string
  /** 1 to 40 characters, each of them visible. */
  city: string
}

export interface ListFavouritesRequest {
  action: 'list'
  /** `nextCursor` of the page before; absent for the first page. */
  cursor?: string
}

/** Removing an item that is gone is no error. */
export interface RemoveFavouritesRequest {
  action: 'remove'
  /** `id` of an item. */
  id: string
}

export interface SaveFavouritesData {
  item: Favourite
}

export interface ListFavouritesData {
  /** Newest first, at most 20. */
  items: Favourite[]
  /** Present when there may be more. */
  nextCursor?: string
}

export interface Favourite {
  id: string
  city: string
  /** Milliseconds since 1970. */
  createdAt: number
}

export type RemoveFavouritesData = Record<never, never>
