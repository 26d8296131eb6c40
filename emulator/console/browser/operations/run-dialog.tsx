import { useEffect, useRef, useState } from 'preact/hooks'
import type { Operation } from '../../../control/operations.ts'
import { Notice } from '../frame/notice'
import { FieldControl } from './field-input'
import { initialInputs } from './inputs'
import { SubjectOutcomes } from './subject-outcomes'
import { appliesTo, type Subject } from './subjects'
import { useSubjectRuns } from './use-subject-runs'

/** So many subjects are named in the question. */
const NAMED = 10

interface RunDialogProps {
  operation: Operation
  subjects: readonly Subject[]
  /** @param isChanged something was done that others may show */
  onClose: (isChanged: boolean) => void
}

/** Asks for what an operation needs, names what it will be done to, runs it for each and shows how each ended. */
export function RunDialog({ operation, subjects, onClose }: RunDialogProps) {
  const { name, confirm: question, isDangerous, fields = [], description, subject } = operation
  const dialog = useRef<HTMLDialogElement>(null)
  const meant = subjects.filter((one) => appliesTo(operation, one))
  const leftOut = subjects.length - meant.length
  const asked = fields.filter((field) => field.name !== subject?.field)
  const [inputs, setInputs] = useState(() => initialInputs(asked))
  const runs = useSubjectRuns(operation)
  useEffect(() => dialog.current?.showModal(), [])
  const submit = (event: Event) => {
    event.preventDefault()
    const undone = meant.filter(({ key }) => !runs.ends.get(key)?.isDone)
    runs.start(undone, inputs)
  }
  const isBegun = runs.ends.size > 0 || runs.isRunning
  const undoneCount = meant.filter(({ key }) => !runs.ends.get(key)?.isDone).length
  return (
    <dialog
      ref={dialog}
      class="run-dialog"
      aria-labelledby="run-dialog-title"
      onClose={() => {
        runs.stop()
        onClose(question !== undefined && runs.ends.size > 0)
      }}
    >
      <h2 id="run-dialog-title">{name}</h2>
      <form onSubmit={submit}>
        <p>{(question ?? description ?? `对 {count} 个运行`).replaceAll('{count}', String(meant.length))}</p>
        {leftOut > 0 && (
          <Notice kind="hint">
            选中的 {subjects.length} 个里，{leftOut} 个不适用，会跳过。
          </Notice>
        )}
        {!isBegun && <SubjectNames subjects={meant} />}
        {!isBegun &&
          asked.map((field) => (
            <FieldControl
              key={field.name}
              field={field}
              input={inputs[field.name]}
              onInput={(input) => setInputs((before) => ({ ...before, [field.name]: input }))}
            />
          ))}
        {runs.error !== undefined && <Notice>{runs.error}</Notice>}
        {isBegun && <SubjectOutcomes operation={operation} subjects={meant} ends={runs.ends} />}
        <p role="status" class="faint">
          {runs.isRunning && `正在运行，已完成 ${runs.ends.size}/${meant.length}`}
          {isBegun && !runs.isRunning && `完成 ${meant.length - undoneCount} 个，未完成 ${undoneCount} 个`}
        </p>
        <div class="toolbar">
          {runs.isRunning && (
            <button type="button" onClick={runs.stop}>
              停止
            </button>
          )}
          {!runs.isRunning && undoneCount > 0 && (
            <button type="submit" class={isDangerous ? 'danger' : 'primary'}>
              {isBegun ? `再试 ${undoneCount} 个` : `${name} ${meant.length} 个`}
            </button>
          )}
          <button type="button" onClick={() => dialog.current?.close()}>
            {isBegun ? '关闭' : '取消'}
          </button>
        </div>
      </form>
    </dialog>
  )
}

function SubjectNames({ subjects }: { subjects: readonly Subject[] }) {
  return (
    <ul class="subjects">
      {subjects.slice(0, NAMED).map(({ key, label }) => (
        <li key={key}>
          {label} <code>{key}</code>
        </li>
      ))}
      {subjects.length > NAMED && <li class="faint">还有 {subjects.length - NAMED} 个</li>}
    </ul>
  )
}
