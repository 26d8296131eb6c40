import type { Operation, OperationEnd, ResultBlock } from '../../../control/operations.ts'
import { valueAtPath } from '../../../control/value-at.ts'
import { formatJson } from '../frame/format'
import { ResultDetails } from './result-details'
import { ResultChart, ResultCounts, ResultTotals } from './result-figures'
import { ResultTable } from './result-table'
import { SealedValue } from './sealed-value'
import { type Run, rowsOf } from './use-run'

interface ResultViewProps {
  operation: Operation
  all: readonly Operation[]
  run: Run
}

/** What the answers of an operation say, block by block. */
export function ResultView({ operation, all, run }: ResultViewProps) {
  const first = run.ends.find(({ isDone }) => isDone)
  if (!first) return null
  const { result = [] } = operation
  // A list goes on in its first table.
  const pagedTable = result.find(({ kind }) => kind === 'table')
  return (
    <div class="result">
      {result.length === 0 && <pre>{formatJson(first.answer)}</pre>}
      {result.map((block) =>
        block.kind === 'table' ? (
          <ResultTable
            key={keyOf(block)}
            block={block}
            fileName={operation.id}
            rows={rowsOf(block, block === pagedTable ? run.ends : [first])}
            all={all}
            run={run}
            isPaged={block === pagedTable && block.more?.field !== undefined}
            hasMore={
              block.more !== undefined && Boolean(valueAtPath(run.ends.at(-1)?.answer, block.more.path))
            }
          />
        ) : (
          <PlainBlock key={keyOf(block)} block={block} end={first} all={all} onChanged={run.again} />
        ),
      )}
    </div>
  )
}

interface PlainBlockProps {
  block: Exclude<ResultBlock, { kind: 'table' }>
  end: OperationEnd
  all: readonly Operation[]
  onChanged: () => void
}

/** Every block but a table. */
function PlainBlock({ block, end, all, onChanged }: PlainBlockProps) {
  switch (block.kind) {
    case 'details':
      return <ResultDetails block={block} answer={end.answer} all={all} onChanged={onChanged} />
    case 'sealed':
      return <SealedValue label={block.label} text={end.opened[block.path]} />
    case 'totals':
      return <ResultTotals block={block} answer={end.answer} />
    case 'counts':
      return <ResultCounts block={block} answer={end.answer} />
    case 'chart':
      return <ResultChart block={block} answer={end.answer} />
  }
}

const keyOf = (block: ResultBlock) =>
  `${block.kind} ${'title' in block ? block.title : 'label' in block ? block.label : ''}`
