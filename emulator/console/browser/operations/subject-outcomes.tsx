import type { Operation, OperationEnd } from '../../../control/operations.ts'
import { addressOf } from '../frame/route'
import { refusalText } from './run'
import { SealedValue } from './sealed-value'
import type { Subject } from './subjects'

interface SubjectOutcomesProps {
  operation: Operation
  subjects: readonly Subject[]
  /** By key of the subject. */
  ends: ReadonlyMap<string, OperationEnd>
}

/** How the calls for each subject have ended, with what is sealed in their answers. */
export function SubjectOutcomes({ operation, subjects, ends }: SubjectOutcomesProps) {
  return (
    <ul class="subjects">
      {subjects.map(({ key, label }) => {
        const end = ends.get(key)
        return (
          <li key={key}>
            {label} <code>{key}</code> {end && <Outcome operation={operation} end={end} />}
          </li>
        )
      })}
    </ul>
  )
}

function Outcome({ operation, end }: { operation: Operation; end: OperationEnd }) {
  if (!end.isDone) {
    return (
      <>
        <span class="badge bad">{refusalText(end)}</span>{' '}
        <a href={addressOf('calls', end.requestId)}>这次调用</a>
      </>
    )
  }
  return (
    <>
      <span class="badge good">完成</span>
      {operation.result?.map(
        (block) =>
          block.kind === 'sealed' && (
            <SealedValue key={block.path} label={block.label} text={end.opened[block.path]} />
          ),
      )}
    </>
  )
}
