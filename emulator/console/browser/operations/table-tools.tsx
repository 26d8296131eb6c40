import { useState } from 'preact/hooks'
import type { Operation, TableBlock } from '../../../control/operations.ts'
import { Notice, useAction } from '../frame/notice'
import { saveFile } from '../frame/save-file'
import { Toolbar } from '../frame/toolbar'
import { toCsv } from './csv-file'
import { OperationButtons } from './operation-buttons'
import { labelOf } from './shown-value'
import type { Run } from './use-run'
import type { RowSelection } from './use-selection'

export interface ResultTableProps {
  block: TableBlock
  /** Of a file of the rows, without its ending. */
  fileName: string
  rows: readonly unknown[]
  all: readonly Operation[]
  run: Run
  /** More rows can be loaded. */
  isPaged: boolean
  /** The answer says that there are more. */
  hasMore: boolean
}

interface TableToolsProps extends ResultTableProps {
  /** Of the rows, in their order. */
  keys: readonly string[]
  selection: RowSelection
  isSelectable: boolean
}

/** Above a table: what can be done to the rows that are selected, and the file of them, or of all. */
export function TableTools({
  block,
  fileName,
  rows,
  all,
  run,
  isPaged,
  keys,
  selection,
  isSelectable,
}: TableToolsProps) {
  const [readCount, setReadCount] = useState<number>()
  const action = useAction()
  const selected = rows.flatMap((value, position) => {
    const key = keys[position] ?? ''
    return selection.keys.has(key) ? [{ key, label: labelOf(value, block.columns), value }] : []
  })
  const save = (chosen: readonly unknown[]) => saveFile(`${fileName}.csv`, toCsv(chosen, block.columns))
  const saveAll = async () => {
    await action.run(async () => save(isPaged ? await run.readAll(setReadCount) : rows))
    setReadCount(undefined)
  }
  const isSelected = selected.length > 0
  const exportButton = (
    <button
      type="button"
      disabled={rows.length === 0 || readCount !== undefined}
      onClick={() => (isSelected ? save(selected.map(({ value }) => value)) : saveAll())}
    >
      {isSelected ? '导出选中的 CSV' : '导出全部 CSV'}
    </button>
  )
  const count = (
    <span role="status">
      {readCount !== undefined
        ? `正在导出，已读 ${readCount} 行`
        : isSelected
          ? `已选 ${selected.length} 个`
          : `${rows.length} 行${isPaged && run.loadMore ? '，还有更多' : ''}`}
    </span>
  )
  return (
    <>
      {isSelectable ? (
        <OperationButtons
          label={`${block.title}：选中的`}
          operations={all.filter(({ id }) => block.operations?.includes(id))}
          subjects={selected}
          onChanged={run.again}
        >
          {count}
          {exportButton}
        </OperationButtons>
      ) : (
        <Toolbar label={block.title}>
          {count}
          {exportButton}
        </Toolbar>
      )}
      {action.error && <Notice>{action.error}</Notice>}
    </>
  )
}
