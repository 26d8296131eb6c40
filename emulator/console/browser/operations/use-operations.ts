import type { Operation, OperationsDeclaration } from '../../../control/operations.ts'
import { type Live, useLive } from '../frame/live'

/** What the project declares; read again when its settings change. */
export function useOperations(): Live<OperationsDeclaration> {
  return useLive('operations', 'code', 'machine')
}

/** Those to choose from: what is done to a row is offered beside the row. */
export function chosenFrom(operations: readonly Operation[]): Operation[] {
  const offered = new Set(
    operations.flatMap(({ result = [] }) =>
      result.flatMap((block) => ('operations' in block ? block.operations : [])),
    ),
  )
  return operations.filter((operation) => isLink(operation) || !offered.has(operation.id))
}

/** Whether it has anything to choose but the subject: else a link runs it. */
export function isLink({ runsAtOnce, subject, fields = [] }: Operation): boolean {
  return runsAtOnce === true && fields.every(({ name, isRequired }) => name === subject?.field || !isRequired)
}
