import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The format of the data folder. Raise it, and add a step to `MIGRATIONS`, with any change of what is stored that would
 * make older data be read wrongly.
 */
export const CURRENT_FORMAT = 2

/**
 * What turns data of a format into that of the next. Format 0 is format 1 from before the number was kept. Format 2 has
 * other keys in its indexes, which the database builds again when it meets the old ones.
 */
const MIGRATIONS: Readonly<Record<number, (directory: string) => void>> = { 0: () => {}, 1: () => {} }

/** The data folder is of a version this one does not understand; it is left as it is. */
export class DataFolderFormat extends Error {
  override readonly name = 'DataFolderFormat'
  /** NaN when the number itself cannot be read. */
  readonly format: number

  constructor(format: number) {
    super(`the data folder has format ${format}; this version reads ${CURRENT_FORMAT} and older`)
    this.format = format
  }
}

const formatFile = (directory: string) => join(directory, 'format')

/**
 * The format of the data in a folder; an empty one has the current format.
 * @throws DataFolderFormat for a newer one, and for a number that cannot be read
 */
export function readFormat(directory: string): number {
  const file = formatFile(directory)
  if (!existsSync(file)) return existsSync(join(directory, 'cloud.lmdb')) ? 0 : CURRENT_FORMAT
  const text = readFileSync(file, 'utf8').trim()
  const format = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (format <= CURRENT_FORMAT) return format
  throw new DataFolderFormat(format)
}

/** Brings the data up to the current format, step by step, noting each. To be called by the folder's only owner. */
export function bringUpToDate(directory: string, format: number): void {
  for (let step = format; step < CURRENT_FORMAT; step++) {
    MIGRATIONS[step]?.(directory)
    writeFileSync(formatFile(directory), `${step + 1}\n`, { flush: true })
  }
  if (format === CURRENT_FORMAT && !existsSync(formatFile(directory))) {
    writeFileSync(formatFile(directory), `${CURRENT_FORMAT}\n`, { flush: true })
  }
}
