import {
  type FieldNames,
  IMPORTED_FIELDS,
  type ImportedField,
} from '../../../cloudfunctions/shared/import/field-names.ts'
import type { UnreadableReason } from '../../../contract/import-users.ts'
import type { ImportPlan } from './import-plan.ts'

const REASONS = {
  NOT_A_DOCUMENT: '不是文档 · not a document',
  OPENID_MISSING: '没有 openid · no openid',
  OPENID_INVALID: 'openid 无效 · no valid openid',
} as const satisfies Record<UnreadableReason, string>

/** What an import does, in lines for the terminal. They name lines of the file, and never what is written there. */
export function reportLines(
  plan: ImportPlan,
  { fields, existing }: { fields: FieldNames; existing: ReadonlySet<string> },
): string[] {
  const present = [...plan.people.keys()].filter((userId) => existing.has(userId)).length
  return [
    '字段 · fields:',
    ...IMPORTED_FIELDS.map((field) => `  ${field} ← ${foundNames(plan, field, fields)}`),
    `文档 · documents: ${plan.read}`,
    `将导入 · users to import: ${plan.people.size - present}`,
    `已是用户，不动 · users already, left as they are: ${present}`,
    `同一 openid 的较旧文档 · older documents of the same openid: ${plan.older.length}`,
    `没有手机号 · without a number: ${plan.withoutPhone}`,
    `没有时间，用文件的时间 · without a time, the file's is taken: ${plan.withoutTime}`,
    `读不了，跳过 · cannot be read, left out: ${plan.unreadable.length}`,
    ...plan.unreadable.map(({ line, reason }) => onLine(line, REASONS[reason])),
    ...plan.older.map((line) =>
      onLine(line, '同一 openid 有较新的文档 · the same openid has a newer document'),
    ),
    ...plan.invalidPhones.map((line) =>
      onLine(line, '不是手机号，导入时不带号码 · not a phone number, imported without'),
    ),
  ]
}

function onLine(line: number, reason: string): string {
  return `  第 ${line} 行 · line ${line}: ${reason}`
}

function foundNames({ names }: ImportPlan, field: ImportedField, fields: FieldNames): string {
  const found = [...(names.get(field) ?? [])].map(([name, count]) => `${name} (${count})`)
  if (found.length > 0) return found.join(', ')
  const [first, ...others] = fields[field]
  return first !== undefined && others.length === 0 ? `${first} (0)` : '-'
}
