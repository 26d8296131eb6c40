import { buffer } from 'node:stream/consumers'
import type { CollectionInfo } from '../../control/collection.ts'
import type { WechatUser } from '../../control/interface.ts'
import type { Document } from '../database/values/document.ts'
import type { NamedDay } from '../figures/day-record.ts'
import type { StoredFile } from '../storage/files.ts'
import type { SeparateCloud } from './separate-cloud.ts'

/** Everything that a cloud holds. */
export interface ExampleData {
  collections: readonly CollectionInfo[]
  documents: readonly { collection: string; document: Document }[]
  files: readonly { file: StoredFile; bytes: Buffer }[]
  users: readonly WechatUser[]
  days: readonly NamedDay[]
}

/** Reads all of a cloud into memory. */
export async function readExample({ database, files, users, figures }: SeparateCloud): Promise<ExampleData> {
  const collections = database.collections().filter(({ documentCount }) => documentCount > 0)
  const contents = await Promise.all(
    files.list().map(async (file) => ({ file, bytes: await buffer(files.read(file)) })),
  )
  return {
    collections,
    documents: collections.flatMap(({ name }) =>
      database.documents(name).map((document) => ({ collection: name, document })),
    ),
    files: contents,
    users: users.list(),
    days: figures.days(),
  }
}
