import * as v from 'valibot'
import type { CloudParts } from '../cloud-parts.ts'
import { ImportRefused } from '../database/import/failure.ts'
import type { CollectionHead } from '../database/import/import.ts'
import { collectionInput, indexInput } from './database-inputs.ts'
import type { StreamInput } from './route.ts'

const exportInput = v.object({
  collections: v.array(
    v.object({
      ...collectionInput.entries,
      indexes: v.optional(v.array(indexInput), []),
      // Each document is a 0 in what is left of the file once they are out of it.
      documents: v.array(v.literal(0)),
    }),
  ),
})

/**
 * Puts what was exported in the place of what is there; collections that the file does not name stay. With
 * `?collection=<name>` as {@link importDocuments}.
 */
export async function importDatabase(cloud: CloudParts, input: unknown) {
  const { body, query } = input as StreamInput
  const { collection } = query
  if (collection !== undefined) return importDocuments(cloud, input, { name: collection })
  return { imported: await cloud.database.importFile(body, { layout: 'export', heads: headsOf }) }
}

/**
 * Puts the documents of a file in the place of a collection's: JSON Lines, as WeChat's console exports them, or one
 * array. Its permission and indexes stay; a collection that is not there is made.
 */
export async function importDocuments(
  { database }: CloudParts,
  input: unknown,
  { name = '' }: Record<string, string>,
) {
  const { body } = input as StreamInput
  const heads = () => {
    const known = database.collections().find((collection) => collection.name === name)
    return [{ name, indexes: known?.indexes.filter((index) => index.name !== '_id_') ?? [] }]
  }
  return { imported: await database.importFile(body, { layout: 'documents', heads }) }
}

function headsOf(skeleton: string): CollectionHead[] {
  const result = v.safeParse(exportInput, JSON.parse(skeleton))
  if (!result.success) {
    const [issue] = result.issues
    throw new ImportRefused(
      undefined,
      `not an export of this cloud (${v.getDotPath(issue) ?? 'collections'}: ${issue.message}); documents of one collection, as JSON Lines or an array, go to /import?collection=<name>`,
    )
  }
  const { collections } = result.output
  const names = new Set(collections.map(({ name }) => name))
  if (names.size < collections.length) throw new ImportRefused(undefined, 'a collection is there twice')
  return collections
}
