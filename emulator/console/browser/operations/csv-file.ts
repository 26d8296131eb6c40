import type { ShownValue } from '../../../control/operations.ts'
import { textOfShown } from './shown-value'

/** A spreadsheet takes a file in UTF-8 as such only with this in front. */
const BYTE_ORDER_MARK = '\u{FEFF}'

/** Rows as a CSV file, as they are shown, with a line of heads. */
export function toCsv(rows: readonly unknown[], columns: readonly ShownValue[]): Blob {
  const lines = [
    columns.map(({ label }) => cell(label)),
    ...rows.map((row) => columns.map((column) => cell(textOfShown(row, column)))),
  ]
  const text = `${BYTE_ORDER_MARK}${lines.map((line) => line.join(',')).join('\r\n')}\r\n`
  return new Blob([text], { type: 'text/csv;charset=utf-8' })
}

/** What a person has written must not run as a formula in a spreadsheet. */
const FORMULA = /^(?:[=@\t\r]|[+-](?![\d*\s]*$))/

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
