import { userIdOf } from '../../../cloudfunctions/shared/crypto/user-id.ts'
import type { FieldNames, ImportedField } from '../../../cloudfunctions/shared/import/field-names.ts'
import { asOf, type ImportTarget } from '../../../cloudfunctions/shared/import/imported-user.ts'
import { readOldUser } from '../../../cloudfunctions/shared/import/old-user.ts'
import type { UnreadableReason } from '../../../contract/import-users.ts'
import { readExport } from './export-file.ts'
import { MalformedExport } from './malformed-export.ts'

/** One person of an export: which of their documents counts, and the ids of all. */
export interface PlannedPerson {
  /** Which document of the file counts, from 1: a file may have all of them on one line. */
  ordinal: number
  line: number
  asOf: number
  oldIds: string[]
}

/** What an import will do. Holds a few words of each person, never the documents. */
export interface ImportPlan {
  read: number
  /** By user id. */
  people: ReadonlyMap<string, PlannedPerson>
  unreadable: { line: number; reason: UnreadableReason }[]
  /** Lines of documents whose number is none. */
  invalidPhones: number[]
  /** Lines of documents whose person has a newer one. */
  older: number[]
  withoutPhone: number
  withoutTime: number
  /** For each field the names that it was found under, and how often. */
  names: ReadonlyMap<ImportedField, ReadonlyMap<string, number>>
}

/** Reads the export once, to its end. @throws MalformedExport */
export async function planImport(
  file: string,
  fields: FieldNames,
  { keys, appid }: Pick<ImportTarget, 'keys' | 'appid'>,
): Promise<ImportPlan> {
  const people = new Map<string, PlannedPerson>()
  const names = new Map<ImportedField, Map<string, number>>()
  const plan = { unreadable: [], invalidPhones: [], older: [] } as Pick<
    ImportPlan,
    'unreadable' | 'invalidPhones' | 'older'
  >
  let [read, withoutPhone, withoutTime] = [0, 0, 0]
  for await (const { line, document } of readExport(file)) {
    read += 1
    const old = readOldUser(document, fields)
    if ('unreadable' in old) {
      plan.unreadable.push({ line, reason: old.unreadable })
      continue
    }
    const { user } = old
    countNames(names, old.names)
    if (old.hasInvalidPhone) plan.invalidPhones.push(line)
    if (!user.phone) withoutPhone += 1
    if (!user.createdAt && !user.changedAt) withoutTime += 1
    const userId = userIdOf(keys.userId, appid, user.openid)
    const time = asOf(user).getTime()
    const known = people.get(userId)
    if (!known) {
      people.set(userId, { ordinal: read, line, asOf: time, oldIds: [user.oldId] })
      continue
    }
    known.oldIds.push(user.oldId)
    const isNewer = time >= known.asOf
    plan.older.push(isNewer ? known.line : line)
    if (isNewer) Object.assign(known, { ordinal: read, line, asOf: time })
  }
  if (read === 0) throw new MalformedExport(1, ['里面没有文档', 'there is no document in it'])
  return { ...plan, read, people, withoutPhone, withoutTime, names }
}

function countNames(
  counts: Map<ImportedField, Map<string, number>>,
  found: Partial<Record<ImportedField, string>>,
): void {
  for (const [field, name] of Object.entries(found) as [ImportedField, string][]) {
    const ofField = counts.get(field) ?? new Map<string, number>()
    ofField.set(name, (ofField.get(name) ?? 0) + 1)
    counts.set(field, ofField)
  }
}
