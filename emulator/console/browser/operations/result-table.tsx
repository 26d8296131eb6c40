import { valueAtPath } from '../../../control/value-at.ts'
import { operationAddress } from './address'
import { labelOf, Shown, textOfShown } from './shown-value'
import { type ResultTableProps, TableTools } from './table-tools'
import { type RowSelection, useSelection } from './use-selection'

/** Rows of an answer. Those that are selected can be operated on. */
export function ResultTable(props: ResultTableProps) {
  const { block, rows, all, run, isPaged, hasMore } = props
  const keys = rows.map((row, position) =>
    block.key === undefined ? String(position) : String(valueAtPath(row, block.key)),
  )
  const selection = useSelection(keys)
  const opened = all.find(({ id }) => id === block.opens)
  const isSelectable = block.key !== undefined && (block.operations?.length ?? 0) > 0
  return (
    <section class="rows-of-answer" aria-label={block.title}>
      <h3>{block.title}</h3>
      <TableTools {...props} keys={keys} selection={selection} isSelectable={isSelectable} />
      {rows.length === 0 ? (
        <p class="faint">{block.empty ?? '没有'}</p>
      ) : (
        <section class="documents-table" tabindex={0} aria-label={`${block.title}的表`}>
          <table>
            <caption class="visually-hidden">{block.title}</caption>
            <thead>
              <tr>
                {isSelectable && <SelectAll selection={selection} count={rows.length} />}
                {block.columns.map(({ path, label }) => (
                  <th key={path} scope="col">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, position) => {
                const key = keys[position] ?? ''
                return (
                  <tr key={key} aria-selected={isSelectable ? selection.keys.has(key) : undefined}>
                    {isSelectable && (
                      <td>
                        <input
                          type="checkbox"
                          aria-label={`选中 ${labelOf(row, block.columns)} ${key}`}
                          checked={selection.keys.has(key)}
                          onClick={({ shiftKey }) => selection.toggle(position, shiftKey)}
                        />
                      </td>
                    )}
                    {block.columns.map((column, place) => (
                      <td key={column.path}>
                        {place === 0 && opened?.subject ? (
                          <a href={operationAddress(opened.id, { [opened.subject.field]: key })}>
                            {textOfShown(row, column) || '—'}
                          </a>
                        ) : (
                          <Shown from={row} shown={column} />
                        )}
                      </td>
                    ))}
                  </tr>
                )
              })}
            </tbody>
          </table>
        </section>
      )}
      {isPaged && run.loadMore && (
        <button type="button" onClick={run.loadMore} disabled={run.isRunning}>
          继续加载
        </button>
      )}
      {!isPaged && hasMore && <p class="faint">还有更多，没有显示。</p>}
    </section>
  )
}

function SelectAll({ selection, count }: { selection: RowSelection; count: number }) {
  return (
    <th scope="col">
      <input
        type="checkbox"
        aria-label="选中全部"
        checked={selection.keys.size === count}
        onChange={({ currentTarget }) => selection.toggleAll(currentTarget.checked)}
      />
    </th>
  )
}
