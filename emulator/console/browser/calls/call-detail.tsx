import { useState } from 'preact/hooks'
import type { LoggedCall } from '../../../control/interface.ts'
import type { LogLine, ThrownError } from '../../../control/invocation.ts'
import { formatJson } from '../frame/format'
import { JsonTree } from '../frame/json-tree'
import { Notice } from '../frame/notice'
import { Tabs } from '../frame/tabs'
import { ThrownErrorView } from '../frame/thrown-error'
import { Timeline } from './timeline'

const TABS = [
  { id: 'course', name: '过程' },
  { id: 'json', name: '原始记录' },
] as const

/**
 * A call of the log: its course in time, error, event, answer and log lines.
 * @param answer replaces that of the log, in which secrets and numbers are masked
 */
export function CallDetail({
  call,
  answer = call.error?.errMsg ?? call.result,
}: {
  call: LoggedCall
  answer?: unknown
}) {
  const [tab, setTab] = useState<'course' | 'json'>('course')
  return (
    <div class="detail">
      <Tabs label="调用" tabs={TABS} selected={tab} onSelect={setTab}>
        {tab === 'json' ? <pre>{formatJson(call)}</pre> : <Course call={call} answer={answer} />}
      </Tabs>
    </div>
  )
}

function Course({ call, answer }: { call: LoggedCall; answer: unknown }) {
  const { error, logs } = call
  return (
    <>
      <Errors call={call} />
      <Timeline call={call} />
      <h4>输入 event</h4>
      <JsonTree value={call.event} />
      <h4>回答 {error ? 'error' : 'result'}</h4>
      {typeof answer === 'string' ? <pre>{answer}</pre> : <JsonTree value={answer} />}
      <h4>日志 logs</h4>
      <Logs call={call} lines={logs} />
      <p class="faint">requestId {call.requestId}</p>
    </>
  )
}

/** What the call ended with, and what it has caught and logged, each once. */
function Errors({ call: { error, logs } }: { call: LoggedCall }) {
  const caught = caughtErrors(logs).filter((thrown) => !isSame(thrown, error?.thrown))
  return (
    <>
      {error && (
        <>
          <h4>错误 error</h4>
          {error.thrown ? <ThrownErrorView thrown={error.thrown} /> : <Notice>{error.errMsg}</Notice>}
        </>
      )}
      {caught.length > 0 && <h4>函数捕获的错误 caught</h4>}
      {caught.map((thrown, index) => (
        <ThrownErrorView key={index} thrown={thrown} />
      ))}
    </>
  )
}

/** Each once. */
function caughtErrors(logs: readonly LogLine[]): ThrownError[] {
  const errors: ThrownError[] = []
  for (const { thrown } of logs) {
    if (thrown && !errors.some((other) => isSame(other, thrown))) errors.push(thrown)
  }
  return errors
}

const isSame = (one: ThrownError, other: ThrownError | undefined) =>
  JSON.stringify([one.message, one.places]) === JSON.stringify([other?.message, other?.places])

function Logs({ call, lines }: { call: LoggedCall; lines: readonly LogLine[] }) {
  if (lines.length === 0) return <p class="faint">没有日志</p>
  return (
    <ol class="log-lines">
      {lines.map((line, index) => (
        <li key={index} class={line.level}>
          <span class="number faint">{sinceStart(call, line.at)}</span>
          <pre>{`[${line.level}] ${line.text}`}</pre>
        </li>
      ))}
    </ol>
  )
}

function sinceStart({ startedAt }: LoggedCall, at: number | undefined): string {
  return at === undefined || startedAt === undefined ? '' : `+${Math.max(0, at - startedAt).toFixed(1)} ms`
}
