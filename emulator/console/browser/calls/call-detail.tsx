import { useState } from 'preact/hooks'
import type { LoggedCall } from '../../../control/interface.ts'
import type { LogLine } from '../../../control/invocation.ts'
import { formatJson } from '../frame/format'
import { JsonTree } from '../frame/json-tree'
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
      <Timeline call={call} />
      {error?.thrown && <ThrownErrorView thrown={error.thrown} />}
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

function Logs({ call, lines }: { call: LoggedCall; lines: readonly LogLine[] }) {
  if (lines.length === 0) return <p class="faint">没有日志</p>
  return (
    <ol class="log-lines">
      {lines.map((line, index) => (
        <li key={index} class={line.level}>
          <span class="number faint">{sinceStart(call, line.at)}</span>
          <pre>{`[${line.level}] ${line.text}`}</pre>
          {line.thrown && line.thrown !== call.error?.thrown && <ThrownErrorView thrown={line.thrown} />}
        </li>
      ))}
    </ol>
  )
}

function sinceStart({ startedAt }: LoggedCall, at: number | undefined): string {
  return at === undefined || startedAt === undefined ? '' : `+${Math.max(0, at - startedAt).toFixed(1)} ms`
}
