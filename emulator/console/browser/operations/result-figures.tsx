import type { ChartBlock, CountsBlock, TotalsBlock } from '../../../control/operations.ts'
import { valueAtPath } from '../../../control/value-at.ts'
import { BarChart } from '../figures/bar-chart'
import '../figures/figures.css'

interface BlockProps<Block> {
  block: Block
  answer: unknown
}

/** Numbers, large. One that the answer lacks is left out. */
export function ResultTotals({ block, answer }: BlockProps<TotalsBlock>) {
  const items = block.items.filter(({ path }) => valueAtPath(answer, path) !== undefined)
  if (items.length === 0) return null
  return (
    <div class="figures">
      <dl class="totals">
        {items.map(({ path, label, note }) => (
          <div key={path}>
            <dt>{label}</dt>
            <dd>
              <b>{numberAt(answer, path).toLocaleString('zh-CN')}</b>
              {note !== undefined && <small>{note}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** Counts by name, with bars. */
export function ResultCounts({ block, answer }: BlockProps<CountsBlock>) {
  const { title, label, texts = {} } = block
  const counts = countsOf(block, answer)
  const known = Object.keys(texts).filter((name) => counts.has(name))
  const names = [...known, ...[...counts.keys()].filter((name) => !Object.hasOwn(texts, name))]
  if (names.length === 0) return null
  const most = Math.max(1, ...counts.values())
  return (
    <div class="figures counts">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{label}</th>
            <th scope="col">数量</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{texts[name] ?? <code>{name}</code>}</th>
              <td class="number">
                <span
                  class="bar"
                  style={{ width: `${((counts.get(name) ?? 0) / most) * 120}px` }}
                  aria-hidden="true"
                />{' '}
                {counts.get(name)?.toLocaleString('zh-CN')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** By name, summed over the rows if there are any. */
function countsOf({ path, over }: CountsBlock, answer: unknown): Map<string, number> {
  const rows = over === undefined ? [answer] : valueAtPath(answer, over)
  const counts = new Map<string, number>()
  for (const row of Array.isArray(rows) ? rows : []) {
    for (const [name, count] of Object.entries(valueAtPath(row, path) ?? {})) {
      counts.set(name, (counts.get(name) ?? 0) + Number(count))
    }
  }
  return counts
}

/** Rows as stacked bars, with their numbers in a table. */
export function ResultChart({ block, answer }: BlockProps<ChartBlock>) {
  const { title, path, label, labelTitle, series } = block
  const rows = valueAtPath(answer, path)
  if (!Array.isArray(rows) || rows.length === 0) return null
  const bars = block.isNewestFirst ? [...rows].reverse() : rows
  const labelOf = (row: unknown) => String(valueAtPath(row, label) ?? '')
  return (
    <div class="figures">
      <figure>
        <figcaption>{title}</figcaption>
        <BarChart
          title={`${title}，下面的表里有数字`}
          labels={bars.map((row) => labelOf(row).replace(/^\d{4}-(?=\d\d-\d\d$)/, ''))}
          series={series.map(({ path: value, name }, index) => ({
            name,
            values: bars.map((row) => numberAt(row, value)),
            color: `--chart-${(index % 4) + 1}`,
          }))}
        />
      </figure>
      <details>
        <summary>{title}：数字</summary>
        <table>
          <caption class="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{labelTitle}</th>
              {series.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={labelOf(row)} class="number">
                <th scope="row">{labelOf(row)}</th>
                {series.map(({ path: value, name }) => (
                  <td key={name}>{numberAt(row, value).toLocaleString('zh-CN')}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  )
}

function numberAt(from: unknown, path: string): number {
  const value = Number(valueAtPath(from, path) ?? 0)
  return Number.isNaN(value) ? 0 : value
}
