import { useRef, useState } from 'preact/hooks'
import type { FieldInputs, Operation, OperationEnd, TableBlock } from '../../../control/operations.ts'
import { valueAtPath } from '../../../control/value-at.ts'
import { toSent } from './inputs'
import { isNext, runOperation } from './run'

/** A page of a list may be empty though there is more: so many are read in a row. */
const MOST_EMPTY_PAGES = 20

export interface Run {
  /** One for each page, the first one first; empty before the first run. */
  ends: readonly OperationEnd[]
  error: string | undefined
  isRunning: boolean
  run: (inputs: FieldInputs) => Promise<void>
  /** The same again, from the first page. */
  again: () => Promise<void>
  /** Undefined on the last page. */
  loadMore: (() => Promise<void>) | undefined
  /** Every row of the list to its last page, without showing them. @throws Error for a page that is refused */
  readAll: (onRows: (count: number) => void) => Promise<unknown[]>
}

/** Runs an operation and keeps what it answers, page by page. An answer that comes after a later request is dropped. */
export function useRun(operation: Operation): Run {
  const [ends, setEnds] = useState<readonly OperationEnd[]>([])
  const [error, setError] = useState<string>()
  const [isRunning, setRunning] = useState(false)
  const sent = useRef<FieldInputs>({})
  const turn = useRef(0)
  const table = operation.result?.find((block): block is TableBlock => block.kind === 'table')
  const attempt = async (read: () => Promise<OperationEnd[]>, before: readonly OperationEnd[]) => {
    turn.current += 1
    const mine = turn.current
    setRunning(true)
    try {
      const pages = await read()
      if (mine !== turn.current) return
      setEnds([...before, ...pages])
      setError(undefined)
    } catch (failure) {
      if (mine === turn.current) setError((failure as Error).message)
    }
    if (mine === turn.current) setRunning(false)
  }
  const readPages = async (from?: string | number): Promise<OperationEnd[]> => {
    const pages = [await runOperation(operation.id, sent.current, from)]
    for (let count = 1; count < MOST_EMPTY_PAGES; count += 1) {
      const [last] = pages.slice(-1)
      const next = nextOf(table, last)
      if (next === undefined || rowsOf(table, pages).length > 0) break
      pages.push(await runOperation(operation.id, sent.current, next))
    }
    return pages
  }
  const next = nextOf(table, ends.at(-1))
  return {
    ends,
    error,
    isRunning,
    run: (inputs) => {
      sent.current = toSent(operation.fields ?? [], inputs)
      return attempt(() => readPages(), [])
    },
    again: () => attempt(() => readPages(), []),
    loadMore: next === undefined ? undefined : () => attempt(() => readPages(next), ends),
    readAll: async (onRows) => {
      const rows = [...rowsOf(table, ends)]
      for (let from = next; from !== undefined; ) {
        const page = await runOperation(operation.id, sent.current, from)
        if (!page.isDone) throw new Error(page.message ?? page.refusal ?? '')
        rows.push(...rowsOf(table, [page]))
        onRows(rows.length)
        from = nextOf(table, page)
      }
      return rows
    },
  }
}

/** Where the list goes on after a page. */
function nextOf(table: TableBlock | undefined, end: OperationEnd | undefined): string | number | undefined {
  if (!table?.more?.field || !end?.isDone) return undefined
  const next = valueAtPath(end.answer, table.more.path)
  return isNext(next) ? next : undefined
}

/** The rows of a table on all pages. */
export function rowsOf(table: TableBlock | undefined, ends: readonly OperationEnd[]): unknown[] {
  if (!table) return []
  return ends.flatMap(({ answer }) => {
    const rows = valueAtPath(answer, table.path)
    return Array.isArray(rows) ? rows : []
  })
}
