import type { Document } from 'wechat-cloud-emulator/testing'
import { digest } from './digest.ts'

/** All documents of a cloud by collection, each collection's in the order of their ids. */
export type Stored = ReadonlyMap<string, readonly Document[]>

const digestsOfCollections = new WeakMap<readonly Document[], string>()
const digestsOfAll = new WeakMap<Stored, string>()

/** Equal for equal documents. */
export function collectionDigest(documents: readonly Document[]): string {
  const known = digestsOfCollections.get(documents) ?? digest(JSON.stringify(documents))
  digestsOfCollections.set(documents, known)
  return known
}

/** Equal for equal documents in equal collections. */
export function storedDigest(stored: Stored): string {
  const collections = () => [...stored].map(([name, documents]) => `${name} ${collectionDigest(documents)}`)
  const known = digestsOfAll.get(stored) ?? digest(collections().join('\n'))
  digestsOfAll.set(stored, known)
  return known
}
