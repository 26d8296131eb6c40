import * as v from 'valibot'

const idSchema = v.object({ _id: v.string() })

/** The ids of documents, as far as they are text. */
export function idsOf(documents: readonly unknown[]): string[] {
  return documents.flatMap((document) => {
    const parsed = v.safeParse(idSchema, document)
    return parsed.success ? [parsed.output._id] : []
  })
}
