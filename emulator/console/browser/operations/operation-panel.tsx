import { useEffect, useState } from 'preact/hooks'
import type { Operation } from '../../../control/operations.ts'
import { Notice } from '../frame/notice'
import { addressOf } from '../frame/route'
import { FieldControl } from './field-input'
import { initialInputs, isComplete } from './inputs'
import { lastInputsOf, rememberInputs } from './remembered-inputs'
import { ResultView } from './result-view'
import { refusalText } from './run'
import { useRun } from './use-run'

interface OperationPanelProps {
  operation: Operation
  /** Those that a result can offer. */
  all: readonly Operation[]
  /** Texts of the address, by name of a field. */
  given: Readonly<Record<string, string>>
}

/** The form of an operation and what it answers. */
export function OperationPanel({ operation, all, given }: OperationPanelProps) {
  const { id, name, fields = [], description, confirm: question, isDangerous, runsAtOnce } = operation
  const isGiven = Object.keys(given).length > 0
  const [inputs, setInputs] = useState(() =>
    isGiven ? initialInputs(fields, given) : (lastInputsOf(id) ?? initialInputs(fields)),
  )
  const run = useRun(operation)
  const start = () => {
    if (!isGiven && runsAtOnce) rememberInputs(id, inputs)
    return run.run(inputs)
  }
  const submit = (event: Event) => {
    event.preventDefault()
    if (question === undefined || confirm(question.replaceAll('{count}', '1'))) start()
  }
  useEffect(() => {
    if (runsAtOnce && isComplete(fields, inputs)) start()
    // Once, when it is opened.
  }, [])
  const [last] = run.ends.slice(-1)
  return (
    <>
      <form class="operation-form" aria-label={name} onSubmit={submit}>
        {description !== undefined && <p class="faint">{description}</p>}
        {fields.map((field) => (
          <FieldControl
            key={field.name}
            field={field}
            input={inputs[field.name]}
            onInput={(input) => setInputs((before) => ({ ...before, [field.name]: input }))}
          />
        ))}
        <button type="submit" class={isDangerous ? 'danger' : 'primary'} disabled={run.isRunning}>
          {runsAtOnce ? (fields.length > 0 ? '查询' : '刷新') : name}
        </button>
        <span role="status" class="faint">
          {run.isRunning ? '正在运行…' : ''}
        </span>
      </form>
      {run.error !== undefined && <Notice>{run.error}</Notice>}
      {last && !last.isDone && (
        <Notice>
          {refusalText(last)} <a href={addressOf('calls', last.requestId)}>这次调用</a>
        </Notice>
      )}
      {run.ends.some(({ isDone }) => isDone) && <ResultView operation={operation} all={all} run={run} />}
    </>
  )
}
