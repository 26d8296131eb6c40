import * as v from 'valibot'
import type { ImportUsersData } from '../../contract/import-users.ts'
import { settleAll } from '../shared/core/settle-all.ts'
import type { Keys } from '../shared/crypto/keys.ts'
import { command as _, DuplicateKey, query } from '../shared/database/database.ts'
import type { AdminCall } from '../shared/handlers/admin-only.ts'
import type { FieldNames } from '../shared/import/field-names.ts'
import {
  asOf,
  hiddenId,
  type ImportTarget,
  isIdByChance,
  storedOldId,
  toImportedUser,
} from '../shared/import/imported-user.ts'
import { groupByPerson, type OldPerson } from '../shared/import/old-people.ts'
import { textOfId } from '../shared/import/old-user.ts'
import { closedAmong } from '../shared/users/closed-accounts.ts'
import { updateUser, users } from '../shared/users/users.ts'

export interface ImportedPage {
  documents: readonly unknown[]
  fields: FieldNames
  target: ImportTarget
  dryRun: boolean
}

type Counts = Omit<ImportUsersData, 'next'>

export function noneYet(): Counts {
  const documents = { read: 0, added: 0, existing: 0, older: 0, closed: 0, withoutPhone: 0, invalidPhone: 0 }
  return { ...documents, unreadable: 0, unreadableDocuments: [] }
}

const MOST_UNREADABLE = 50

/**
 * Adds the users of one page that are not there. Two round trips, and one more for people with several old documents.
 * @param before the figures of the pages before
 */
export async function importPage(call: AdminCall, page: ImportedPage, before: Counts): Promise<Counts> {
  const { documents, fields, target, dryRun } = page
  const { people, unreadable } = groupByPerson(documents, fields, target)
  const ids = [...people.keys()]
  const [present, closed] = await settleAll([
    ids.length === 0 ? [] : presentUsers(call, ids),
    ids.length === 0 ? new Set<string>() : closedAmong(call.budget, ids),
  ])
  const known = new Map(present.map((user) => [user._id, user]))
  const all = [...people].map(([userId, person]) => ({ userId, person, user: known.get(userId) }))
  const fresh = all.filter(({ userId, user }) => !user && !closed.has(userId)).map(({ person }) => person)
  const added = dryRun ? fresh : await addAll(call, fresh, target)
  const merged = all.flatMap(({ person, user }) => (user ? mergeInto(call, person, user, page) : []))
  await settleAll(merged.map((merge) => merge()))
  const readable = documents.length - unreadable.length
  return {
    read: before.read + documents.length,
    added: before.added + added.length,
    existing: before.existing + known.size - merged.length + (fresh.length - added.length),
    older: before.older + readable - people.size + merged.length,
    closed: before.closed + all.length - known.size - fresh.length,
    withoutPhone: before.withoutPhone + added.filter(({ old }) => !old.phone).length,
    invalidPhone: before.invalidPhone + added.filter(({ hasInvalidPhone }) => hasInvalidPhone).length,
    unreadable: before.unreadable + unreadable.length,
    unreadableDocuments: [
      ...before.unreadableDocuments,
      ...unreadable.map(({ document, reason }) => ({ id: nameOf(call.keys, document), reason })),
    ].slice(0, MOST_UNREADABLE),
  }
}

const presentSchema = v.object({
  _id: v.string(),
  importedFrom: v.fallback(v.optional(v.array(v.string())), undefined),
  importedAsOf: v.fallback(v.optional(v.date()), undefined),
  loginCount: v.fallback(v.optional(v.number()), undefined),
})
type PresentUser = v.InferOutput<typeof presentSchema>

async function presentUsers({ budget }: AdminCall, ids: readonly string[]): Promise<PresentUser[]> {
  const fields = { importedFrom: true, importedAsOf: true, loginCount: true } as const
  const selection = users()
    .where({ _id: _.in([...ids]) })
    .field(fields)
  const { data } = await query(budget, selection.limit(ids.length).get())
  return data.flatMap((document) => {
    const user = v.safeParse(presentSchema, document)
    return user.success ? user.output : []
  })
}

/** @returns those who were added: a person who has registered in this moment is a user already */
async function addAll(
  { budget }: AdminCall,
  people: readonly OldPerson[],
  target: ImportTarget,
): Promise<OldPerson[]> {
  const isAdded = await settleAll(
    people.map(async ({ old, oldIds }) => {
      try {
        await query(budget, users().add({ data: toImportedUser(old, oldIds, target) }))
        return true
      } catch (error) {
        if (error instanceof DuplicateKey) return false
        throw error
      }
    }),
  )
  return people.filter((_person, number) => isAdded[number])
}

/**
 * A further old document of a person who was imported before: its id joins the others. If it is newer and the person has
 * not logged in yet, its profile and number replace the imported ones; the write itself checks both.
 * @returns the writes, none for a document that is known and for a user who has registered
 */
function mergeInto(
  { budget, keys }: AdminCall,
  { old, oldIds }: OldPerson,
  { _id, importedFrom, importedAsOf, loginCount }: PresentUser,
  { target, dryRun }: ImportedPage,
): (() => Promise<unknown>)[] {
  if (!importedFrom) return []
  const ids = [...new Set(oldIds.filter((id) => id !== '').map((id) => storedOldId(keys, id)))]
  const further = ids.filter((id) => !importedFrom.includes(id))
  if (further.length === 0) return []
  if (dryRun) return [async () => undefined]
  // With the condition, since the same import may be under way a second time.
  const unknown = { _id, importedFrom: _.exists(true).and(_.nin(further)) }
  const change = { importedFrom: _.push({ each: further }) }
  const isNewer = importedAsOf !== undefined && asOf(old) > importedAsOf
  if (!isNewer || loginCount !== 0) return [() => updateUser(budget, unknown, change)]
  const newer = toImportedUser(old, oldIds, target)
  const { phoneMasked, phoneCipher, phoneHash, countryCode, nickname, avatar } = newer
  const profile = { phoneMasked, phoneCipher, phoneHash, countryCode, nickname, avatar }
  const times = { updatedAt: newer.updatedAt, importedAsOf: newer.importedAsOf }
  return [
    () =>
      updateUser(budget, { ...unknown, loginCount: 0, importedAsOf }, { ...profile, ...times, ...change }),
  ]
}

function nameOf(keys: Pick<Keys, 'phoneIndex'>, document: unknown): string {
  const id = textOfId((document as { _id?: unknown } | null)?._id)
  return isIdByChance(id) ? id : hiddenId(keys, id)
}
