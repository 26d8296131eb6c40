import type { Call } from './api'
import { control } from './api'
import { CallDetail } from './call-detail'
import { formatTime } from './format'
import { useLive } from './live'
import { Notice } from './notice'
import { TestCall } from './test-call'

/** Calls of cloud functions, newest first; secrets and numbers are masked before they get here. */
export function CallsView() {
  const { data, error } = useLive<{ calls: Call[] }>('calls?limit=200', 'calls', 'machine')
  const calls = [...(data?.calls ?? [])].reverse()
  return (
    <section aria-label="云函数调用">
      {error && <Notice>{error}</Notice>}
      <TestCall calls={calls} />
      <div class="toolbar">
        <span>{calls.length} 次调用（最近 200 次）</span>
        <button type="button" onClick={() => control('DELETE', 'calls')}>
          清空记录
        </button>
        <button type="button" onClick={() => control('DELETE', 'instances')} title="End all instances">
          结束所有实例（下次为冷启动）
        </button>
      </div>
      <ul class="rows">
        {calls.map((call) => (
          <li key={call.requestId}>
            <details>
              <summary>
                <time>{formatTime(call.at)}</time>
                <strong>{call.functionName}</strong>
                <Outcome call={call} />
                <span class="number">{durationOf(call)}</span>
                <span class="number" title="Sequential round trips / all">
                  往返 {call.sequentialRoundTrips}/{call.roundTrips.length}
                </span>
                <span>{call.coldStart ? '冷启动' : '热'}</span>
                <span class="faint">{call.source}</span>
              </summary>
              <CallDetail call={call} />
            </details>
          </li>
        ))}
      </ul>
      {data && calls.length === 0 && <Notice kind="hint">还没有调用。</Notice>}
    </section>
  )
}

function durationOf({ durationMilliseconds }: Call): string {
  return durationMilliseconds === undefined ? '进行中…' : `${Math.round(durationMilliseconds)} ms`
}

function Outcome({ call }: { call: Call }) {
  if (call.error) return <span class="badge bad">{call.error.errCode}</span>
  const { code, reason } = (call.result ?? {}) as { code?: number; reason?: string }
  if (code === undefined)
    return <span class="badge">{call.durationMilliseconds === undefined ? '…' : '—'}</span>
  return <span class={`badge ${code === 200 ? 'good' : 'bad'}`}>{reason ? `${code} ${reason}` : code}</span>
}
