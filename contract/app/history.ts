export interface SaveHistoryRequest {
  action: 'save'
  /**
   * Chosen by the client, new for each document and the same for each retry: saving twice under one key saves once.
   * 8 to 64 letters, digits, `-` and `_`.
   */
  key: string
  /** 1 to 40 characters, each of them visible. */
  city: string
}

export interface ListHistoryRequest {
  action: 'list'
  /** `nextCursor` of the page before; absent for the first page. */
  cursor?: string
}

export interface ClearHistoryRequest {
  action: 'clear'
}

/** Removing an item that is gone is no error. */
export interface RemoveHistoryRequest {
  action: 'remove'
  /** `id` of an item. */
  id: string
}

export interface SaveHistoryData {
  item: Visit
}

export interface ListHistoryData {
  /** Newest first, at most 20. */
  items: Visit[]
  /** Present when there may be more. */
  nextCursor?: string
}

export interface Visit {
  id: string
  city: string
  /** Milliseconds since 1970. */
  createdAt: number
}

export type RemoveHistoryData = Record<never, never>
export type ClearHistoryData = Record<never, never>
