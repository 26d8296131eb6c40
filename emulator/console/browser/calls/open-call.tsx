import { useState } from 'preact/hooks'
import type { LoggedCall } from '../../../control/interface.ts'
import { control } from '../frame/api'
import { EmptyState } from '../frame/empty-state'
import { formatTime } from '../frame/format'
import { Notice, useAction } from '../frame/notice'
import { addressOf } from '../frame/route'
import { Toolbar } from '../frame/toolbar'
import { CallDetail } from './call-detail'
import { actionOf, durationOf, OutcomeBadge, sourceName } from './outcome'
import { writeTest } from './write-test'

interface OpenCallProps {
  /** undefined: the log no longer has it. */
  call: LoggedCall | undefined
  calls: readonly LoggedCall[]
  /** Those in the list, for the call before and the one after. */
  found: readonly LoggedCall[]
  nameOf: (openid: string) => string
}

/** One call with what can be done with it. */
export function OpenCall({ call, calls, found, nameOf }: OpenCallProps) {
  if (!call) {
    return (
      <EmptyState title="记录里没有这次调用">
        记录只留最近 1000 次，清空或重启后从头开始。<a href={addressOf('calls')}>关闭</a>
      </EmptyState>
    )
  }
  const action = actionOf(call)
  return (
    <article class="open-call" aria-label={`${call.functionName} 的调用`}>
      <div class="open-call-title">
        <h3>
          {call.functionName}
          {action && <span class="faint"> · {action}</span>}
        </h3>
        <OutcomeBadge call={call} />
        <span class="space" />
        <Neighbours call={call} found={found} />
        <a href={addressOf('calls')} class="button" aria-label="关闭调用详情">
          ✕
        </a>
      </div>
      <p class="faint">
        {formatTime(call.at)} ·{' '}
        {call.openid === undefined ? (
          sourceName(call.source)
        ) : (
          <a href={addressOf('people', call.openid)}>{nameOf(call.openid)}</a>
        )}{' '}
        · {durationOf(call)}
        {call.coldStart && ' · 冷启动'}
      </p>
      <Actions call={call} calls={calls} />
      <CallDetail call={call} />
    </article>
  )
}

function Neighbours({ call, found }: { call: LoggedCall; found: readonly LoggedCall[] }) {
  const position = found.indexOf(call)
  const [newer, older] = position < 0 ? [] : [found[position - 1], found[position + 1]]
  const go = (target: LoggedCall | undefined) => {
    if (target) location.hash = addressOf('calls', target.requestId)
  }
  return (
    <>
      <button
        type="button"
        aria-label="较新的一次"
        aria-keyshortcuts="k"
        disabled={!newer}
        onClick={() => go(newer)}
      >
        ↑
      </button>
      <button
        type="button"
        aria-label="较早的一次"
        aria-keyshortcuts="j"
        disabled={!older}
        onClick={() => go(older)}
      >
        ↓
      </button>
    </>
  )
}

function Actions({ call, calls }: { call: LoggedCall; calls: readonly LoggedCall[] }) {
  const { error, run } = useAction()
  const [done, setDone] = useState('')
  const [isRunning, setRunning] = useState(false)
  const repeat = async () => {
    setRunning(true)
    await run(async () => {
      const { requestId } = await control('POST', `calls/${call.requestId}/repeat`)
      location.hash = addressOf('calls', requestId)
    })
    setRunning(false)
  }
  const copy = () =>
    run(async () => {
      await navigator.clipboard.writeText(writeTest(call, calls))
      setDone('已复制')
    })
  return (
    <Toolbar label="这次调用">
      <button
        type="button"
        onClick={repeat}
        disabled={!call.isRepeatable || isRunning}
        title={call.isRepeatable ? 'Same function, same caller, same event' : '参数已不在内存中'}
      >
        {isRunning ? '正在运行…' : '再运行一次'}
      </button>
      <button type="button" onClick={copy} title="Copies the text of a vitest test">
        复制为测试
      </button>
      {done && <span class="faint">{done}</span>}
      {error && <Notice>{error}</Notice>}
    </Toolbar>
  )
}
