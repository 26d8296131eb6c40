import type { UnreadableReason } from '../../../contract/import-users.ts'
import { userIdOf } from '../crypto/user-id.ts'
import type { FieldNames } from './field-names.ts'
import { asOf, type ImportTarget } from './imported-user.ts'
import { type OldUser, readOldUser } from './old-user.ts'

/** A person, from one old document or several with the same openid. */
export interface OldPerson {
  /** The newest document; the last one of several that are equally new. */
  old: OldUser
  hasInvalidPhone: boolean
  /** Of all documents. */
  oldIds: readonly string[]
}

export interface Unreadable {
  document: unknown
  reason: UnreadableReason
}

/** Reads old documents. @returns the people by their user id, and the documents that make none */
export function groupByPerson(
  documents: readonly unknown[],
  fields: FieldNames,
  { keys, appid }: Pick<ImportTarget, 'keys' | 'appid'>,
): { people: ReadonlyMap<string, OldPerson>; unreadable: Unreadable[] } {
  const people = new Map<string, OldPerson>()
  const unreadable: Unreadable[] = []
  for (const document of documents) {
    const read = readOldUser(document, fields)
    if ('unreadable' in read) {
      unreadable.push({ document, reason: read.unreadable })
      continue
    }
    const { user: old, hasInvalidPhone } = read
    const userId = userIdOf(keys.userId, appid, old.openid)
    const known = people.get(userId)
    const oldIds = [...(known?.oldIds ?? []), old.oldId]
    const isNewest = !known || asOf(old) >= asOf(known.old)
    people.set(userId, isNewest ? { old, hasInvalidPhone, oldIds } : { ...known, oldIds })
  }
  return { people, unreadable }
}
