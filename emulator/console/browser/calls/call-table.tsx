import { memo } from 'preact/compat'
import type { LoggedCall } from '../../../control/interface.ts'
import { actionOf } from '../../../control/outcome.ts'
import { formatTime } from '../frame/format'
import { addressOf } from '../frame/route'
import { durationOf, OutcomeBadge, sourceName } from './outcome'

interface CallTableProps {
  calls: readonly LoggedCall[]
  caption: string
  selected: string | undefined
  nameOf: (openid: string) => string
}

/** Calls as a table; the link of a row opens its call. */
export function CallTable({ calls, caption, selected, nameOf }: CallTableProps) {
  return (
    <table class="calls-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">时间</th>
          <th scope="col">函数 · action</th>
          <th scope="col" class="wide-only">
            微信账号
          </th>
          <th scope="col">结果</th>
          <th scope="col">耗时</th>
          <th scope="col" class="wide-only" title="Requests of the function: one after the other / all">
            请求
          </th>
          <th scope="col" class="wide-only">
            启动
          </th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <CallRow
            key={call.requestId}
            call={call}
            isSelected={call.requestId === selected}
            person={call.openid === undefined ? undefined : nameOf(call.openid)}
          />
        ))}
      </tbody>
    </table>
  )
}

interface CallRowProps {
  call: LoggedCall
  isSelected: boolean
  person: string | undefined
}

/** Drawn again only when its call has changed: a burst of calls leaves the others alone. */
const CallRow = memo(function CallRow({ call, isSelected, person }: CallRowProps) {
  const action = actionOf(call)
  return (
    <tr class={isSelected ? 'selected' : undefined}>
      <td>
        <a href={addressOf('calls', call.requestId)} aria-current={isSelected ? 'true' : undefined}>
          <CallTime at={call.at} />
        </a>
      </td>
      <td>
        <strong>{call.functionName}</strong>
        {action && <span class="faint"> · {action}</span>}
      </td>
      <td class="wide-only">
        {call.openid === undefined || person === undefined ? (
          <span class="faint">{sourceName(call.source)}</span>
        ) : (
          <a href={addressOf('people', call.openid)}>{person}</a>
        )}
      </td>
      <td>
        <OutcomeBadge call={call} />
      </td>
      <td class="number">{durationOf(call)}</td>
      <td class="number wide-only">
        {call.sequentialRoundTrips}/{call.roundTrips.length}
      </td>
      <td class="wide-only">{call.coldStart === undefined ? '' : call.coldStart ? '冷启动' : '热'}</td>
    </tr>
  )
})

/** Without its date where there is little room. */
function CallTime({ at }: { at: number }) {
  const [date, time] = formatTime(at).split(' ')
  return (
    <time>
      <span class="wide-only">{date} </span>
      {time}
    </time>
  )
}
