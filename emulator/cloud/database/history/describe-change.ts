import type { FieldChange } from '../../../control/documents.ts'
import { isSecretField } from '../../masking/secret-fields.ts'
import { redact } from '../../redact.ts'
import { type Document, isDocument } from '../values/document.ts'
import { toExtendedJson } from '../values/extended-json.ts'
import type { ChangedField } from './changed-fields.ts'

const MAXIMUM_CHARACTERS = 2000

/** An openid is shown, as in the documents themselves and in the list of accounts. */
const isSecretHere = (name: string) => isSecretField(name) && !/openid$/i.test(name)

/** A change as it is shown: extended JSON, with secrets and numbers masked, and what is long cut. */
export function describeField({ path, name, before, after }: ChangedField): FieldChange {
  const change: FieldChange = { field: path }
  if (before !== undefined) describeValue(change, 'before', name, before)
  if (after !== undefined) describeValue(change, 'after', name, after)
  return change
}

function describeValue(change: FieldChange, side: 'before' | 'after', name: string, value: unknown): void {
  const masked = (redact({ [name]: toExtendedJson(value) }, 0, isSecretHere) as Document)[name]
  const text = JSON.stringify(masked)
  const isCut = text.length > MAXIMUM_CHARACTERS
  change[side] = isCut ? `${text.slice(0, MAXIMUM_CHARACTERS)}…` : masked
  if (isCut) change.isCut = true
}

/** What a value takes in memory, roughly, in bytes. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 2 * value.length
  if (typeof value !== 'object' || value === null) return 8
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + sizeOf(item), 32)
  if (value instanceof Uint8Array) return value.length
  if (!isDocument(value))
    return 'buffer' in value && value.buffer instanceof Uint8Array ? value.buffer.length : 64
  return Object.values(value).reduce((sum: number, item) => sum + sizeOf(item), 64)
}
