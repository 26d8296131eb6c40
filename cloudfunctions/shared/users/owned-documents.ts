import { OWNED_COLLECTIONS } from '../../app-config.ts'
import { settleAll } from '../core/settle-all.ts'
import { collection, query } from '../database/database.ts'
import type { Invocation } from '../request/call.ts'

/** Documents of one collection that are read and changed at once. */
export const MOST_DOCUMENTS = 500

/** Documents of one owned collection. */
export interface Owned {
  name: string
  documents: readonly { _id?: unknown; generation?: unknown }[]
}

/** Ids and generations of the user's documents in every owned collection, at most `MOST_DOCUMENTS` of each. One round trip. */
export function listOwned({ budget }: Invocation, userId: string): Promise<Owned[]> {
  const list = async (name: string): Promise<Owned> => {
    const selection = collection(name)
      .where({ userId })
      .orderBy('_id', 'asc')
      .field({ _id: true, generation: true })
      .limit(MOST_DOCUMENTS)
    const { data } = await query(budget, selection.get())
    return { name, documents: data as Owned['documents'] }
  }
  return settleAll(OWNED_COLLECTIONS.map(list))
}
