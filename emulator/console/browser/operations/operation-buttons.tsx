import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Operation } from '../../../control/operations.ts'
import { Toolbar } from '../frame/toolbar'
import { operationAddress } from './address'
import { RunDialog } from './run-dialog'
import { appliesTo, type Subject } from './subjects'
import { isLink } from './use-operations'

interface OperationButtonsProps {
  label: string
  operations: readonly Operation[]
  subjects: readonly Subject[]
  /** Called once a dialog is closed in which something was done. */
  onChanged: () => void
  /** Before the buttons. */
  children?: ComponentChildren
}

/** What can be done to subjects: a dialog for each, and a link for what only reads one. */
export function OperationButtons({
  label,
  operations,
  subjects,
  onChanged,
  children,
}: OperationButtonsProps) {
  const [open, setOpen] = useState<{ operation: Operation; subjects: readonly Subject[] }>()
  const [first] = subjects
  return (
    <>
      <Toolbar label={label}>
        {children}
        {operations.map((operation) => {
          const { id, name, isDangerous, subject } = operation
          if (isLink(operation)) {
            if (subjects.length !== 1 || !subject || !first) return null
            return (
              <a key={id} class="button" href={operationAddress(id, { [subject.field]: first.key })}>
                {name}
              </a>
            )
          }
          const isTooMany = subjects.length > (subject?.most ?? Number.POSITIVE_INFINITY)
          return (
            <button
              key={id}
              type="button"
              class={isDangerous ? 'danger' : undefined}
              disabled={isTooMany || !subjects.some((one) => appliesTo(operation, one))}
              title={isTooMany ? `一次最多 ${subject?.most} 个` : undefined}
              onClick={() => setOpen({ operation, subjects })}
            >
              {name}…
            </button>
          )
        })}
      </Toolbar>
      {open && (
        <RunDialog
          {...open}
          onClose={(isChanged) => {
            setOpen(undefined)
            if (isChanged) onChanged()
          }}
        />
      )}
    </>
  )
}
