import { useState } from 'preact/hooks'
import { control } from '../frame/api'
import { EmptyState } from '../frame/empty-state'
import { useLive } from '../frame/live'
import { Notice, useAction } from '../frame/notice'
import { Toolbar } from '../frame/toolbar'
import { DayCharts } from './day-charts'
import { FunctionTable } from './function-table'
import { RefusalTable } from './refusal-table'
import { Totals } from './totals'
import './figures.css'

const RANGES = [7, 30, 90] as const

/** Logins, phone authorizations, refusals and times, as the cloud has counted them. */
export function FiguresView() {
  const [days, setDays] = useState<number>(7)
  const { data, error } = useLive(`figures?days=${days}`, 'calls', 'machine', 'users')
  const action = useAction()
  const isEmpty = data?.days.every(({ calls, costYuan }) => calls === 0 && costYuan === 0) ?? false
  return (
    <section aria-label="统计" class="figures">
      <Toolbar label="统计的范围">
        <label>
          时间
          <select value={days} onChange={({ currentTarget }) => setDays(Number(currentTarget.value))}>
            {RANGES.map((range) => (
              <option key={range} value={range}>
                最近 {range} 天
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          onClick={() => confirm('清空所有统计？') && action.run(() => control('DELETE', 'figures'))}
        >
          清空统计
        </button>
        <span class="faint">按云环境的时钟、北京时间分天</span>
      </Toolbar>
      {(error ?? action.error) && <Notice>{error ?? action.error}</Notice>}
      {data && isEmpty && <EmptyState title="这段时间没有调用。在手机上用一次小程序就有统计。" />}
      {data && !isEmpty && (
        <>
          <Totals figures={data} />
          <DayCharts figures={data} />
          <RefusalTable refusals={data.refusals} />
          <FunctionTable functions={data.functions} />
        </>
      )}
    </section>
  )
}
