import { useRef, useState } from 'preact/hooks'
import type { FieldInputs, Operation, OperationEnd } from '../../../control/operations.ts'
import { toSent } from './inputs'
import { runOperation } from './run'
import type { Subject } from './subjects'

interface SubjectRuns {
  /** By key of the subject. */
  ends: ReadonlyMap<string, OperationEnd>
  error: string | undefined
  isRunning: boolean
  start: (subjects: readonly Subject[], inputs: FieldInputs) => Promise<void>
  /** No further call; one that runs comes to its end. */
  stop: () => void
}

/** Calls of an operation for one subject after the other. A refusal of one does not keep the others from it. */
export function useSubjectRuns(operation: Operation): SubjectRuns {
  const [ends, setEnds] = useState<ReadonlyMap<string, OperationEnd>>(new Map())
  const [error, setError] = useState<string>()
  const [isRunning, setRunning] = useState(false)
  const isStopped = useRef(false)
  const field = operation.subject?.field ?? ''
  const start = async (subjects: readonly Subject[], inputs: FieldInputs) => {
    isStopped.current = false
    setRunning(true)
    setError(undefined)
    const sent = toSent(operation.fields ?? [], inputs)
    try {
      for (const { key } of subjects) {
        if (isStopped.current) break
        const end = await runOperation(operation.id, { ...sent, [field]: key })
        setEnds((before) => new Map(before).set(key, end))
      }
    } catch (failure) {
      setError((failure as Error).message)
    }
    setRunning(false)
  }
  return {
    ends,
    error,
    isRunning,
    start,
    stop: () => {
      isStopped.current = true
    },
  }
}
