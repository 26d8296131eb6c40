import { Binary, Long, ObjectId } from 'bson'
import type { CsvType } from '../../../control/documents.ts'
import { CloudError } from '../../errors.ts'
import { type Document, isDocument } from '../values/document.ts'
import { decodeEjson } from '../values/ejson.ts'
import { toExtendedJson } from '../values/extended-json.ts'

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/

/** The cells of a document by dotted path: embedded documents are taken apart, arrays are JSON. */
export function cellsOf(document: Document, prefix = ''): Map<string, string> {
  const cells = new Map<string, string>()
  for (const [field, value] of Object.entries(document)) {
    const path = prefix + field
    if (isDocument(value) && Object.keys(value).length > 0) {
      for (const [inner, cell] of cellsOf(value, `${path}.`)) cells.set(inner, cell)
    } else cells.set(path, cellOf(value))
  }
  return cells
}

/** One value as the text of a cell. Empty for null, as for a field that is not there. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  // A text that begins as one of these would begin a formula in a spreadsheet.
  if (typeof value === 'string') return FORMULA.test(value) || value.startsWith("'") ? `'${value}` : value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value instanceof Date) return value.toISOString()
  if (value instanceof ObjectId) return value.toHexString()
  if (value instanceof Long) return value.toString()
  if (value instanceof Binary) return value.toString('base64')
  return JSON.stringify(toExtendedJson(value))
}

/** One line of a CSV file (RFC 4180), with its line end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/**
 * The value of a cell that is not empty.
 * @throws CloudError with the reason, which does not name the value
 */
export function cellValue(cell: string, type: CsvType, now: number): unknown {
  switch (type) {
    case 'auto':
      return guessed(cell, now)
    case 'string':
      return withoutGuard(cell)
    case 'number':
      return numberOf(cell) ?? refuse('数字', 'number')
    case 'bool':
      return cell === 'true' || (cell === 'false' ? false : refuse('布尔值', 'boolean'))
    case 'date':
      return decodeEjson({ $date: Number.isNaN(Date.parse(cell)) ? refuse('日期', 'date') : cell }, { now })
    case 'objectId':
      return /^[0-9a-f]{24}$/i.test(cell) ? new ObjectId(cell) : refuse('ObjectId', 'ObjectId')
    case 'json':
      return jsonOf(cell, now) ?? refuse('JSON', 'JSON')
  }
}

/** As a spreadsheet's user would take it. A number that would lose digits stays a text. */
function guessed(cell: string, now: number): unknown {
  if (cell === 'true' || cell === 'false') return cell === 'true'
  if (String(Number(cell)) === cell && Number.isFinite(Number(cell))) return Number(cell)
  return (/^[[{]/.test(cell) ? jsonOf(cell, now) : undefined) ?? withoutGuard(cell)
}

function withoutGuard(cell: string): string {
  return cell.startsWith("'") && (FORMULA.test(cell.slice(1)) || cell[1] === "'") ? cell.slice(1) : cell
}

function numberOf(cell: string): unknown {
  if (/^-?\d+$/.test(cell)) return decodeEjson({ $numberLong: cell }, { now: 0 })
  return cell.trim() === '' || Number.isNaN(Number(cell)) ? undefined : Number(cell)
}

function jsonOf(cell: string, now: number): unknown {
  try {
    return decodeEjson(JSON.parse(cell), { now })
  } catch (error) {
    if (error instanceof CloudError) throw error
    return undefined
  }
}

function refuse(chinese: string, english: string): never {
  throw new CloudError('INVALID_PARAM', `不是${chinese} · not a ${english}`)
}
