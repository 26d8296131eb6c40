import type { Call } from './api'
import { formatJson } from './format'

/**
 * One call of the log: what went in, what came out, what it did meanwhile.
 * @param answer in place of the log's own, in which secrets and numbers are masked
 */
export function CallDetail({
  call,
  answer = call.error?.errMsg ?? call.result,
}: {
  call: Call
  answer?: unknown
}) {
  return (
    <div class="detail">
      <h3>输入 event</h3>
      <pre>{formatJson(call.event)}</pre>
      <h3>回答 {call.error ? 'error' : 'result'}</h3>
      <pre>{typeof answer === 'string' ? answer : formatJson(answer)}</pre>
      <h3>往返 round trips</h3>
      <ol>
        {call.roundTrips.map((trip) => (
          <li key={trip.requestId}>
            <code>{trip.action}</code> {trip.target} · {(trip.endedAt - trip.startedAt).toFixed(1)} ms
            {trip.code && <span class="badge bad">{trip.code}</span>}
          </li>
        ))}
      </ol>
      <h3>日志 logs</h3>
      <pre>{call.logs.map((line) => `[${line.level}] ${line.text}`).join('\n') || '—'}</pre>
      <p class="faint">requestId {call.requestId}</p>
    </div>
  )
}
