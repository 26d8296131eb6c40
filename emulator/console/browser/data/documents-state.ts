import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { FieldInfo } from '../../../control/documents.ts'
import type { JsonDocument } from '../../../control/interface.ts'
import { documentsPath, request } from '../frame/api'
import { listen } from '../frame/live'
import { useRemembered } from '../frame/remembered'

export interface Query {
  /** A MongoDB query as JSON text. */
  filter: string
  sort: Sort | undefined
  skip: number
}

export interface Sort {
  path: string
  direction: 1 | -1
}

export const PAGE_SIZE = 50

/** Columns that a table begins with. */
const FIRST_COLUMNS = 7

interface Found {
  documents: JsonDocument[]
  total: number
}

/** A slow answer is asked for again no sooner than after so many times what it took. */
const REST_FACTOR = 5

/**
 * The documents of a query, again when the database changes. The last answer stays on the screen until the new answer
 * has come, and a query that takes long is not repeated for each write.
 */
export function useDocuments(collection: string, { filter, sort, skip }: Query) {
  const search = new URLSearchParams({ filter, skip: String(skip), limit: String(PAGE_SIZE) })
  if (sort) search.set('sort', JSON.stringify({ [sort.path]: sort.direction }))
  const path = `${documentsPath(collection)}?${search}`
  const [state, setState] = useState<{ path?: string; data?: Found; error?: string }>({})
  const latest = useRef('')
  const load = useCallback(async () => {
    latest.current = path
    try {
      const data = await request<Found>('GET', path)
      if (latest.current === path) setState({ path, data })
    } catch (error) {
      const { message } = error as Error
      if (latest.current === path) setState((before) => ({ ...before, path, error: message }))
    }
  }, [path])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isLoading = false
    let isWanted = false
    let isOver = false
    const run = async () => {
      isLoading = true
      isWanted = false
      const startedAt = performance.now()
      await load()
      const took = performance.now() - startedAt
      timer = setTimeout(
        () => {
          isLoading = false
          if (isWanted && !isOver) run()
        },
        took < 50 ? 0 : took * REST_FACTOR,
      )
    }
    run()
    const end = listen((topics) => {
      if (!topics.includes('database') && !topics.includes('machine')) return
      isWanted = true
      if (!isLoading) run()
    })
    return () => {
      isOver = true
      clearTimeout(timer)
      end()
    }
  }, [load])
  return { data: state.data, error: state.error, isCurrent: state.path === path }
}

/** The columns of a collection's table, which the browser remembers. */
export function useColumns(collection: string, fields: readonly FieldInfo[]) {
  const [chosen, setChosen] = useRemembered(`console.columns.${collection}`, readColumns)
  const first = fields.filter(({ path }) => !path.includes('.')).slice(0, FIRST_COLUMNS)
  return { columns: chosen ?? first.map(({ path }) => path), isChosen: chosen !== undefined, setChosen }
}

function readColumns(stored: unknown): string[] | undefined {
  return Array.isArray(stored) && stored.every((path) => typeof path === 'string') ? stored : undefined
}
