import { IMPORTED_FIELDS, type ImportedField } from '../../../cloudfunctions/shared/import/field-names.ts'
import type { ImportedFields } from '../../../contract/import-users.ts'
import { fail } from '../project.ts'

/**
 * Parses `--map phone=mobile,nickname=userInfo.nickName`: what the old fields are called. A name that is left out
 * (`avatar=`) is not read. An unknown field ends the program with one line.
 */
export function parseMapping(texts: readonly string[]): ImportedFields {
  const entries = texts.flatMap((text) => text.split(',')).filter((entry) => entry.trim() !== '')
  return Object.fromEntries(entries.map(parseEntry))
}

function parseEntry(entry: string): [ImportedField, string] {
  const [field = '', name, ...rest] = entry.trim().split('=')
  if (name === undefined || rest.length > 0 || !isField(field)) {
    fail(`--map ${entry}: 应为 字段=旧字段名 · must be field=old name: ${IMPORTED_FIELDS.join(', ')}`)
  }
  return [field, name]
}

function isField(text: string): text is ImportedField {
  return (IMPORTED_FIELDS as readonly string[]).includes(text)
}
