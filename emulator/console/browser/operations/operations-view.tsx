import { EmptyState } from '../frame/empty-state'
import { Notice } from '../frame/notice'
import { operationAddress, parseDetail } from './address'
import { OperationPanel } from './operation-panel'
import { chosenFrom, useOperations } from './use-operations'
import './operations.css'

/** Operations of the project, as an administrator clicks them. @param detail as {@link parseDetail} reads it */
export function OperationsView({ detail }: { detail: string }) {
  const { data, error } = useOperations()
  const { id, fields } = parseDetail(detail)
  const operations = data?.operations ?? []
  const shown = id === '' ? operations[0] : operations.find((operation) => operation.id === id)
  const chosen = new Set(chosenFrom(operations))
  return (
    <section aria-label={data?.title ?? '管理'} class="operations">
      {error && <Notice>{error}</Notice>}
      <nav aria-label="操作">
        {operations
          .filter((one) => one === shown || chosen.has(one))
          .map((operation) => (
            <a
              key={operation.id}
              href={operationAddress(operation.id)}
              aria-current={operation === shown ? 'page' : undefined}
            >
              {operation.name}
            </a>
          ))}
      </nav>
      {shown && (
        <OperationPanel key={`${shown.id} ${detail}`} operation={shown} all={operations} given={fields} />
      )}
      {data && !shown && (
        <EmptyState title="没有这个操作">操作由 emulator.config 的 operations 声明。</EmptyState>
      )}
    </section>
  )
}
