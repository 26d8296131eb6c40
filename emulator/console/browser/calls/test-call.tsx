import { useState } from 'preact/hooks'
import type { LoggedCall } from '../../../control/interface.ts'
import { control } from '../frame/api'
import { formatJson } from '../frame/format'
import { useLive } from '../frame/live'
import { Notice, useAction } from '../frame/notice'
import { CallDetail } from './call-detail'
import { templatesOf } from './test-templates'

/** The control interface's answer to a call. A failure has the id of its call in the message only. */
interface End {
  requestID?: string
  errMsg?: string
}

/**
 * 云端测试 and the timer: calls a function without a user, as the cloud console does, and shows answer and log.
 * @param calls the call log
 */
export function TestCall({ calls }: { calls: readonly LoggedCall[] }) {
  const { data, error } = useLive('functions', 'code', 'machine')
  const [chosen, setChosen] = useState<string>()
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({})
  const [end, setEnd] = useState<End>()
  const [isRunning, setRunning] = useState(false)
  const action = useAction()
  const functions = data?.functions ?? []
  const shown = functions.find(({ name }) => name === chosen) ?? functions[0]
  if (!shown) return error ? <Notice>{error}</Notice> : null
  const { name } = shown
  const templates = templatesOf(name)
  const text = texts[name] ?? templates[0]?.text ?? '{}'
  const write = (value: string) => setTexts({ ...texts, [name]: value })
  const send = async (call: () => Promise<End>) => {
    setRunning(true)
    setEnd(undefined)
    await action.run(async () => setEnd(await call()))
    setRunning(false)
  }
  const invoke = () => send(async () => control('POST', 'invoke', { function: name, data: parse(text) }))
  const timers = shown.triggers.filter(({ type }) => type === 'timer')
  const fire = (trigger: string) => send(() => control('POST', 'timer', { function: name, trigger }))
  const requestId = end?.requestID ?? /callId: ([\w-]+)/.exec(end?.errMsg ?? '')?.[1]
  const call = calls.find((candidate) => candidate.requestId === requestId)
  return (
    <details class="test-call">
      <summary>云端测试与定时触发</summary>
      <div class="toolbar">
        <label>
          云函数
          <select
            value={name}
            onChange={(event) => {
              setChosen(event.currentTarget.value)
              setEnd(undefined)
            }}
          >
            {functions.map((candidate) => (
              <option key={candidate.name}>{candidate.name}</option>
            ))}
          </select>
        </label>
        {templates.map((template) => (
          <button key={template.name} type="button" onClick={() => write(template.text)}>
            {template.name}
          </button>
        ))}
      </div>
      <textarea
        aria-label="测试参数（JSON）"
        value={text}
        rows={Math.min(16, text.split('\n').length + 1)}
        onInput={(event) => write(event.currentTarget.value)}
        spellcheck={false}
      />
      <div class="toolbar">
        <button type="button" onClick={invoke} disabled={isRunning}>
          运行测试
        </button>
        {timers.map((timer) => (
          <button key={timer.name} type="button" onClick={() => fire(timer.name)} disabled={isRunning}>
            立即定时触发{timers.length > 1 && ` ${timer.name}`}
          </button>
        ))}
        <span class="faint">与云开发控制台的云端测试一样，没有用户身份（OPENID 为空）。</span>
      </div>
      {action.error && <Notice>{action.error}</Notice>}
      <div role="status">
        {isRunning && '正在运行…'}
        {end &&
          (call ? <CallDetail call={call} answer={answerOf(end)} /> : <pre>{formatJson(answerOf(end))}</pre>)}
      </div>
    </details>
  )
}

/** The unmasked answer; the call log masks it. */
function answerOf(end: End): unknown {
  return 'result' in end ? end.result : end
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`测试参数不是 JSON：${(error as Error).message}`)
  }
}
