/** A CSV file that cannot be cut into rows. */
export class MalformedCsv extends Error {
  override readonly name = 'MalformedCsv'
  /** From 1. */
  readonly line: number
  /** Chinese, then English. */
  readonly reasons: readonly [string, string]

  constructor(line: number, reasons: readonly [string, string]) {
    super(reasons.join(' · '))
    this.line = line
    this.reasons = reasons
  }
}

export interface CsvRow {
  /** Where it begins, from 1. */
  line: number
  cells: string[]
}

const QUOTE_INSIDE = [
  '单元格内的引号应写成两个，且单元格应加引号',
  'a quote inside of a cell must be doubled, and the cell quoted',
] as const

/** Cuts a CSV file (RFC 4180) into rows as it arrives. Empty lines are no rows. */
export class CsvRows {
  #line = 1
  #rowLine = 1
  #cells: string[] = []
  #cell = ''
  /** `quoted`: inside of quotes. `closed`: after a quote that may be the last, or the first of two. */
  #state: 'plain' | 'quoted' | 'closed' = 'plain'

  get line(): number {
    return this.#line
  }

  /** @throws MalformedCsv */
  *feed(text: string): Generator<CsvRow> {
    for (const character of text) {
      if (character === '\n') this.#line += 1
      if (this.#state === 'quoted') {
        if (character === '"') this.#state = 'closed'
        else this.#cell += character
      } else if (character === '"') this.#quote()
      else if (character === ',') this.#endCell()
      else if (character === '\n') yield* this.#endRow()
      else if (character !== '\r') this.#add(character)
    }
  }

  /** @throws MalformedCsv for a quote that is not closed */
  *end(): Generator<CsvRow> {
    if (this.#state === 'quoted') {
      throw new MalformedCsv(this.#rowLine, ['引号没有结束', 'a quoted cell that begins here does not end'])
    }
    yield* this.#endRow()
  }

  #quote(): void {
    if (this.#state === 'closed') {
      this.#cell += '"'
      this.#state = 'quoted'
    } else if (this.#cell === '') this.#state = 'quoted'
    else throw new MalformedCsv(this.#line, QUOTE_INSIDE)
  }

  #add(character: string): void {
    if (this.#state === 'closed') throw new MalformedCsv(this.#line, QUOTE_INSIDE)
    this.#cell += character
  }

  #endCell(): void {
    this.#cells.push(this.#cell)
    this.#cell = ''
    this.#state = 'plain'
  }

  *#endRow(): Generator<CsvRow> {
    this.#endCell()
    const row = { line: this.#rowLine, cells: this.#cells }
    this.#cells = []
    this.#rowLine = this.#line
    if (row.cells.some((cell) => cell !== '')) yield row
  }
}
