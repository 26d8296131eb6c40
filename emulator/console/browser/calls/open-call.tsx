import { useState } from 'preact/hooks'
import type { LoggedCall } from '../../../control/interface.ts'
import { actionOf } from '../../../control/outcome.ts'
import { control } from '../frame/api'
import { EmptyState } from '../frame/empty-state'
import { formatTime } from '../frame/format'
import { Notice, useAction } from '../frame/notice'
import { addressOf } from '../frame/route'
import { Toolbar } from '../frame/toolbar'
import { CallDetail } from './call-detail'
import { durationOf, OutcomeBadge, sourceName } from './outcome'
import { useCopiedTest } from './use-copied-test'

interface OpenCallProps {
  /** undefined: the log no longer has it. */
  call: LoggedCall | undefined
  /** Those in the list, for the call before and the one after. */
  found: readonly LoggedCall[]
  nameOf: (openid: string) => string
}

/** One call with what can be done with it. */
export function OpenCall({ call, found, nameOf }: OpenCallProps) {
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
      <Actions key={call.requestId} call={call} />
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

function Actions({ call }: { call: LoggedCall }) {
  const test = useCopiedTest(call.requestId)
  const { error, run } = useAction()
  const [isRunning, setRunning] = useState(false)
  const repeat = async () => {
    setRunning(true)
    await run(async () => {
      const { requestId } = await control('POST', `calls/${call.requestId}/repeat`)
      location.hash = addressOf('calls', requestId)
    })
    setRunning(false)
  }
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
      <button
        type="button"
        onClick={test.copy}
        disabled={test.isCopying || call.durationMilliseconds === undefined}
        title="Copies a vitest test that has been tried on an empty cloud"
      >
        {test.isCopying ? '正在试运行…' : '复制为测试'}
      </button>
      <span role="status" class="faint">
        {test.isCopied && test.problem.length === 0 && '已复制，在空环境里运行通过'}
      </span>
      {test.isCopied && test.problem.length > 0 && (
        <Notice>
          已复制，但{test.problem[0]}
          {test.problem.length > 1 && (
            <ul>
              {test.problem.slice(1).map((line) => (
                <li key={line}>{line.replace(/^- /, '')}</li>
              ))}
            </ul>
          )}
        </Notice>
      )}
      {test.error && <Notice>{test.error}</Notice>}
      {error && <Notice>{error}</Notice>}
    </Toolbar>
  )
}
