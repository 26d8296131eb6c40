import { Fragment } from 'preact'
import type { Operation } from '../../../control/operations.ts'
import { operationAddress } from './address'
import { isLink } from './use-operations'

interface SubjectLinksProps {
  /** Of the project. */
  operations: readonly Operation[] | undefined
  collection: string
  id: unknown
  /** Those alone that only read. */
  isShort?: boolean
}

/** Links to the project's operations on a document. */
export function SubjectLinks({ operations = [], collection, id, isShort = false }: SubjectLinksProps) {
  if (typeof id !== 'string') return null
  const shown = operations.filter(
    (operation) => operation.subject?.collection === collection && (!isShort || isLink(operation)),
  )
  return (
    <>
      {shown.map(({ id: operation, name, subject }) => (
        <Fragment key={operation}>
          {' '}
          <a href={operationAddress(operation, { [subject?.field ?? '']: id })}>{name}</a>
        </Fragment>
      ))}
    </>
  )
}
