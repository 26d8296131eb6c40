import * as v from 'valibot'
import type { CloudServices } from '../cloud-services.ts'
import { ImportRefused } from '../database/import/failure.ts'
import type { CollectionHead } from '../database/import/import.ts'
import { parseCollectionRules } from '../rules/collection-rules.ts'
import { indexInput, permission } from './database-inputs.ts'
import type { StreamInput } from './route.ts'

const rulesText = v.pipe(
  v.string(),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    try {
      parseCollectionRules(dataset.value)
    } catch (error) {
      addIssue({ message: (error as Error).message })
    }
  }),
)

const exportInput = v.object({
  collections: v.array(
    v.object({
      name: v.string(),
      permission: v.optional(permission, 'ADMINONLY'),
      rules: v.optional(rulesText),
      indexes: v.optional(v.array(indexInput), []),
      // The skeleton of the file has a 0 instead of each document.
      documents: v.array(v.literal(0)),
    }),
  ),
})

/**
 * Replaces collections by those of an export; collections that the file does not name stay. With
 * `?collection=<name>` as {@link importDocuments}.
 */
export async function importDatabase(cloud: CloudServices, input: unknown) {
  const { body, query } = input as StreamInput
  const { collection } = query
  if (collection !== undefined) return importDocuments(cloud, input, { name: collection })
  return { imported: await cloud.database.importFile(body, { layout: 'export', heads: headsOf }) }
}

/**
 * Replaces the documents of a collection by those of a file: JSON Lines, as WeChat's console exports them, or one
 * array. Its permission and indexes stay; a missing collection is created.
 */
export async function importDocuments(
  { database }: CloudServices,
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
