import type { Figures } from '../../../control/figures.ts'
import { formatYuan } from './format-figures'

/** The numbers of the whole time. */
export function Totals({ figures: { days, loginKinds, prices } }: { figures: Figures }) {
  const sum = (count: (day: Figures['days'][number]) => number) =>
    days.reduce((total, day) => total + count(day), 0)
  const calls = sum((day) => day.calls)
  const refused = sum((day) => day.refused)
  const quick = sum((day) => day.authorizations.quick)
  const realtime = sum((day) => day.authorizations.realtime)
  const logins = sum((day) => loginsOf(day.logins))
  return (
    <dl class="totals">
      {loginKinds.length > 0 && <Total name="登录" value={String(logins)} note="成功的登录" />}
      <Total
        name="付费的手机号授权"
        value={String(quick + realtime)}
        note={realtime > 0 ? `快速 ${quick} · 实时 ${realtime}` : '点「允许」就计费'}
      />
      <Total
        name="授权费用"
        value={formatYuan(sum((day) => day.costYuan))}
        note={`快速 ${prices.quickYuan} 元/次，实时 ${prices.realtimeYuan} 元/次；未扣除每个小程序 1000 次的体验额度`}
      />
      <Total name="云函数调用" value={String(calls)} note={`${refused} 次被拒绝或出错`} />
    </dl>
  )
}

function Total({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
        <small>{note}</small>
      </dd>
    </div>
  )
}

export const loginsOf = (logins: Readonly<Record<string, number>>) =>
  Object.values(logins).reduce((total, count) => total + count, 0)
