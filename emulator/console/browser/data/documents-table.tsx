import { useRef, useState } from 'preact/hooks'
import type { JsonDocument } from '../../../control/interface.ts'
import { valueAtPath } from '../../../control/value-at.ts'
import { documentAddress, idKey } from './document-address'
import type { Sort } from './documents-state'
import { FieldEditor } from './field-editor'
import { ValueView } from './value-view'

export interface Selection {
  /** Keys of the ids that are selected. */
  readonly ids: ReadonlySet<string>
  /** @param isRange all from the one that was toggled last */
  toggle: (position: number, isRange: boolean) => void
  toggleAll: (isSelected: boolean) => void
}

interface DocumentsTableProps {
  collection: string
  documents: readonly JsonDocument[]
  columns: readonly string[]
  sort: Sort | undefined
  onSort: (sort: Sort | undefined) => void
  selection: Selection
  /** Key of the id of the document that is shown beside. */
  openedId: string | undefined
}

/**
 * Documents as rows. Arrow keys go from cell to cell, Enter or F2 edits, the space bar selects the row; a double click
 * edits too.
 */
export function DocumentsTable(props: DocumentsTableProps) {
  const { collection, documents, columns, sort, onSort, selection, openedId } = props
  const table = useRef<HTMLTableElement>(null)
  const [current, setCurrent] = useState<readonly [row: number, column: number]>([0, 0])
  const [edited, setEdited] = useState<readonly [id: string, path: string]>()
  const [row, column] = [
    Math.min(current[0], Math.max(0, documents.length - 1)),
    Math.min(current[1], Math.max(0, columns.length - 1)),
  ]
  const focus = (place: readonly [number, number]) =>
    table.current?.querySelector<HTMLElement>(`[data-cell="${place.join(':')}"]`)?.focus()
  const press = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement
    if (!target.dataset['cell']) return
    const moves: Record<string, readonly [number, number]> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      Home: [row, 0],
      End: [row, columns.length - 1],
    }
    const move = moves[event.key]
    if (move) focus(move)
    else if (event.key === ' ') selection.toggle(row, event.shiftKey)
    else if (event.key === 'Enter' || event.key === 'F2') edit(row, columns[column] ?? '')
    else return
    event.preventDefault()
  }
  const edit = (number: number, path: string) => {
    if (path !== '' && path !== '_id') setEdited([idKey(documents[number]?.['_id']), path])
  }
  const finish = () => {
    setEdited(undefined)
    requestAnimationFrame(() => focus([row, column]))
  }
  const isAll = documents.length > 0 && documents.every(({ _id }) => selection.ids.has(idKey(_id)))
  return (
    <div class="documents-table">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table that is moved through by keys */}
      <table ref={table} role="grid" aria-label="文档" onKeyDown={press}>
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                aria-label="选中这一页"
                checked={isAll}
                onChange={(event) => selection.toggleAll(event.currentTarget.checked)}
              />
            </th>
            {columns.map((path) => (
              <SortHeader key={path} path={path} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {documents.map((document, number) => {
            const id = idKey(document['_id'])
            return (
              <tr key={id} aria-selected={selection.ids.has(id) || id === openedId}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={`选中 ${id}`}
                    checked={selection.ids.has(id)}
                    onClick={(event) => selection.toggle(number, event.shiftKey)}
                  />
                </td>
                {columns.map((path, place) => (
                  <td
                    key={path}
                    data-cell={`${number}:${place}`}
                    tabindex={number === row && place === column ? 0 : -1}
                    onFocus={() => setCurrent([number, place])}
                    onDblClick={() => edit(number, path)}
                  >
                    {edited?.[0] === id && edited[1] === path ? (
                      <FieldEditor
                        collection={collection}
                        id={document['_id']}
                        path={path}
                        before={valueAtPath(document, path)}
                        onDone={finish}
                      />
                    ) : path === '_id' ? (
                      <a href={documentAddress(collection, document['_id'])} tabindex={-1}>
                        <ValueView value={document['_id']} />
                      </a>
                    ) : (
                      <ValueView value={valueAtPath(document, path)} />
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

interface SortHeaderProps {
  path: string
  sort: Sort | undefined
  onSort: (sort: Sort | undefined) => void
}

/** Up, then down, then as stored. */
function SortHeader({ path, sort, onSort }: SortHeaderProps) {
  const direction = sort?.path === path ? sort.direction : undefined
  const next: Sort | undefined =
    direction === undefined ? { path, direction: 1 } : direction === 1 ? { path, direction: -1 } : undefined
  return (
    <th
      scope="col"
      aria-sort={direction === undefined ? 'none' : direction === 1 ? 'ascending' : 'descending'}
    >
      <button type="button" class="quiet" onClick={() => onSort(next)}>
        {path}
        <span aria-hidden="true">{direction === undefined ? '' : direction === 1 ? ' ↑' : ' ↓'}</span>
      </button>
    </th>
  )
}
