import type { IndexInfo, Permission } from '../../../control/collection.ts'
import { CloudError } from '../../errors.ts'
import type { Collection } from '../storage/collection-catalog.ts'
import { ImportRefused } from './failure.ts'
import { documentOf, textOf } from './file-text.ts'
import { JsonPieces, type Layout } from './json-pieces.ts'
import type { StagedCollection } from './staged-collection.ts'

/** What an import does to the database; each step is short. */
export interface ImportTarget {
  now(): number
  /** A collection under no name, which is nobody's until it is adopted. */
  stage(): StagedCollection
  /** @throws CloudError for a definition that makes no sense */
  index(collection: Collection, info: IndexInfo): Parameters<StagedCollection['buildIndex']>[0]
  /** In one write, puts each under its name, replacing the collection there. @throws CloudError for a name or permission */
  adopt(collections: readonly { staged: StagedCollection; head: CollectionHead }[]): void
}

/** What a file says of a collection besides its documents. `permission`, `rules` and `indexes` absent: as they are. */
export interface CollectionHead {
  name: string
  permission?: Permission
  /** Security rules as JSON text. */
  rules?: string | undefined
  indexes?: readonly IndexInfo[]
}

export interface ImportOptions {
  layout: Layout
  /** The collections by what is around their documents, in their order. @throws ImportRefused */
  heads: (skeleton: string) => CollectionHead[]
}

/**
 * Takes a file into the database: all of it, or nothing. Reads as it arrives, and lets other requests in between.
 * @returns how many documents each collection has got
 * @throws ImportRefused with line and reason
 */
export async function importFile(
  target: ImportTarget,
  bytes: AsyncIterable<Uint8Array>,
  { layout, heads }: ImportOptions,
): Promise<{ name: string; documents: number }[]> {
  const staged: StagedCollection[] = []
  const counts: number[] = []
  const pieces = new JsonPieces(layout)
  for await (const text of textOf(bytes, () => pieces.line)) {
    for (const piece of pieces.feed(text)) {
      while (staged.length <= piece.collection) staged.push(target.stage())
      await staged[piece.collection]?.add(documentOf(piece, target.now()), piece.line)
      counts[piece.collection] = (counts[piece.collection] ?? 0) + 1
    }
  }
  pieces.end()
  const described = readHeads(pieces, layout, heads)
  while (staged.length < described.length) staged.push(target.stage())
  const adopted = described.map((head, number) => ({ head, staged: staged[number] as StagedCollection }))
  for (const { head, staged } of adopted) {
    await staged.flush()
    for (const info of head.indexes ?? []) {
      await staged.buildIndex(refuseCloudErrors(() => target.index(staged.collection, info)))
    }
  }
  refuseCloudErrors(() => target.adopt(adopted))
  return described.map(({ name }, number) => ({ name, documents: counts[number] ?? 0 }))
}

function readHeads(pieces: JsonPieces, layout: Layout, heads: ImportOptions['heads']): CollectionHead[] {
  if (layout === 'export' || pieces.isArray) {
    try {
      JSON.parse(pieces.skeleton)
    } catch (error) {
      throw new ImportRefused(undefined, `not JSON: ${(error as Error).message.slice(0, 100)}`)
    }
  }
  return heads(pieces.skeleton)
}

function refuseCloudErrors<Result>(act: () => Result): Result {
  try {
    return act()
  } catch (error) {
    throw error instanceof CloudError ? new ImportRefused(undefined, error.message) : error
  }
}
