import { statSync } from 'node:fs'
import { join } from 'node:path'
import { userIdOf } from '../../../cloudfunctions/shared/crypto/user-id.ts'
import type { FieldNames } from '../../../cloudfunctions/shared/import/field-names.ts'
import { type ImportTarget, toImportedUser } from '../../../cloudfunctions/shared/import/imported-user.ts'
import { readOldUser } from '../../../cloudfunctions/shared/import/old-user.ts'
import { readExport } from './export-file.ts'
import type { ImportPlan } from './import-plan.ts'
import { PrivateFile } from './private-file.ts'

export interface WrittenImport {
  /** For the console's import into `users`. */
  usersFile: string
  /** Old ids and the user ids that they became. */
  mapFile: string
}

export interface ImportFiles {
  file: string
  /** Folder of the files that are written. */
  out: string
  fields: FieldNames
  target: ImportTarget
  plan: ImportPlan
  /** Users who are there already: not written. */
  existing: ReadonlySet<string>
}

/** Reads the export a second time and writes both files, or neither. @throws Error if the export has changed meanwhile */
export async function writeImport(files: ImportFiles): Promise<WrittenImport> {
  const { file, out, fields, target, plan, existing } = files
  const written = { usersFile: join(out, 'users.import.json'), mapFile: join(out, 'users.map.csv') }
  const before = fingerprint(file)
  const users = new PrivateFile(written.usersFile)
  const map = new PrivateFile(written.mapFile)
  try {
    map.add('oldId,userId')
    let ordinal = 0
    for await (const { document } of readExport(file)) {
      ordinal += 1
      const old = readOldUser(document, fields)
      if ('unreadable' in old) continue
      const userId = userIdOf(target.keys.userId, target.appid, old.user.openid)
      map.add(`${csvCell(old.user.oldId)},${userId}`)
      const person = plan.people.get(userId)
      if (person?.ordinal !== ordinal || existing.has(userId)) continue
      users.add(extendedJson(toImportedUser(old.user, person.oldIds, target)))
    }
    if (fingerprint(file) !== before) throw new Error(`${file} has changed while it was read`)
  } catch (error) {
    users.discard()
    map.discard()
    throw error
  }
  users.complete()
  map.complete()
  return written
}

function fingerprint(file: string): string {
  const { size, mtimeMs } = statSync(file)
  return `${size} ${mtimeMs}`
}

/** A document as the console imports it: dates as `{"$date": "…"}`. */
function extendedJson(document: object): string {
  return JSON.stringify(document, function (this: Record<string, unknown>, key, value: unknown) {
    const original = this[key]
    return original instanceof Date ? { $date: original.toISOString() } : value
  })
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
