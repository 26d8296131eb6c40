import * as v from 'valibot'
import { command as _, collection } from '../shared/database.ts'

/** Documents of one batch: read and written well within a function's time. */
export const BATCH = 100

const idSchema = v.object({ _id: v.string() })

/** The ids of documents, as far as they are text. */
export function idsOf(documents: readonly unknown[]): string[] {
  return documents.flatMap((document) => {
    const parsed = v.safeParse(idSchema, document)
    return parsed.success ? [parsed.output._id] : []
  })
}

export function withIds(collectionName: string, ids: readonly string[]) {
  return collection(collectionName).where({ _id: _.in([...ids]) })
}
