import { useState } from 'preact/hooks'
import { type Call, control, type DeployedFunction } from './api'
import { CallDetail } from './call-detail'
import { formatJson } from './format'
import { useLive } from './live'
import { Notice, useAction } from './notice'
import { templatesOf } from './test-templates'

/** What the control interface answers a call with; a failure names its call in the text alone. */
interface End {
  requestID?: string
  errMsg?: string
}

/**
 * 云端测试 and the timer: calls a function as the console does, without a person, and shows the answer with its log.
 * @param calls of the call log, among which the new one will be
 */
export function TestCall({ calls }: { calls: readonly Call[] }) {
  const { data, error } = useLive<{ functions: DeployedFunction[] }>('functions', 'code', 'machine')
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
  const fire = () => send(() => control('POST', 'timer', { function: name }))
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
            {functions.map((one) => (
              <option key={one.name}>{one.name}</option>
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
        {shown.triggers.some(({ type }) => type === 'timer') && (
          <button type="button" onClick={fire} disabled={isRunning}>
            立即定时触发
          </button>
        )}
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

/** The answer itself, which the call log shows masked. */
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
