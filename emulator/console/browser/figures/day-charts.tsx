import type { Figures } from '../../../control/figures.ts'
import { Notice } from '../frame/notice'
import { BarChart } from './bar-chart'
import { formatYuan } from './format-figures'
import { loginsOf } from './totals'

/** What happened day by day, as charts and as a table. */
export function DayCharts({ figures: { days, loginKinds } }: { figures: Figures }) {
  const labels = days.map(({ day }) => day.slice(5))
  // Kinds of earlier settings are shown, too.
  const kinds = [...new Set([...loginKinds, ...days.flatMap(({ logins }) => Object.keys(logins))])]
  const seen = kinds.filter((kind) => days.some(({ logins }) => logins[kind] !== undefined))
  const authorizations = (['quick', 'realtime'] as const).map((kind) => ({
    name: kind === 'quick' ? '快速验证' : '实时验证',
    values: days.map((day) => day.authorizations[kind]),
    color: kind === 'quick' ? '--chart-1' : '--chart-2',
  }))
  const calls = [
    { name: '成功', values: days.map((day) => day.calls - day.refused), color: '--chart-1' },
    { name: '拒绝或出错', values: days.map((day) => day.refused), color: '--chart-4' },
  ]
  return (
    <>
      <div class="charts">
        <figure>
          <figcaption>每天的登录</figcaption>
          {kinds.length === 0 ? (
            <Notice kind="hint">
              没有说哪个云函数是登录：在 emulator.config 里写 figures: {'{'} logins: {'{'} function: 'login'{' '}
              {'}'} {'}'}
            </Notice>
          ) : (
            <BarChart
              title="每天的登录次数，下面的表里有数字"
              labels={labels}
              series={(seen.length > 0 ? seen : kinds).map((name, index) => ({
                name,
                values: days.map((day) => day.logins[name] ?? 0),
                color: `--chart-${(index % 4) + 1}`,
              }))}
            />
          )}
        </figure>
        <figure>
          <figcaption>每天付费的手机号授权</figcaption>
          <BarChart
            title="每天付费的手机号授权次数，下面的表里有数字"
            labels={labels}
            series={authorizations}
          />
        </figure>
        <figure>
          <figcaption>每天的云函数调用</figcaption>
          <BarChart title="每天的云函数调用次数，下面的表里有数字" labels={labels} series={calls} />
        </figure>
      </div>
      <details>
        <summary>按天的数字</summary>
        <table>
          <caption class="visually-hidden">按天的数字</caption>
          <thead>
            <tr>
              <th scope="col">日期</th>
              {seen.map((kind) => (
                <th scope="col" key={kind}>
                  登录：{kind}
                </th>
              ))}
              <th scope="col">登录合计</th>
              <th scope="col">快速验证</th>
              <th scope="col">实时验证</th>
              <th scope="col">费用</th>
              <th scope="col">调用</th>
              <th scope="col">拒绝或出错</th>
            </tr>
          </thead>
          <tbody>
            {[...days].reverse().map((day) => (
              <tr key={day.day} class="number">
                <th scope="row">{day.day}</th>
                {seen.map((kind) => (
                  <td key={kind}>{day.logins[kind] ?? 0}</td>
                ))}
                <td>{loginsOf(day.logins)}</td>
                <td>{day.authorizations.quick}</td>
                <td>{day.authorizations.realtime}</td>
                <td>{formatYuan(day.costYuan)}</td>
                <td>{day.calls}</td>
                <td>{day.refused}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}
