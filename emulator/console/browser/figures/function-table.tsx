import type { FunctionFigures } from '../../../control/figures.ts'
import { formatDuration } from './format-figures'

/** How often each function was called, and how long it took. */
export function FunctionTable({ functions }: { functions: readonly FunctionFigures[] }) {
  const slowest = Math.max(1, ...functions.map(({ p95Milliseconds = 0 }) => p95Milliseconds))
  return (
    <table>
      <caption>云函数（时间误差 5% 以内，含冷启动）</caption>
      <thead>
        <tr>
          <th scope="col">云函数</th>
          <th scope="col">调用</th>
          <th scope="col">拒绝或出错</th>
          <th scope="col">冷启动</th>
          <th scope="col">中位时间</th>
          <th scope="col">95% 不超过</th>
        </tr>
      </thead>
      <tbody>
        {functions.map(({ name, calls, refused, coldStarts, medianMilliseconds, p95Milliseconds }) => (
          <tr key={name} class="number">
            <th scope="row">{name}</th>
            <td>{calls}</td>
            <td>{refused}</td>
            <td>{coldStarts}</td>
            <td>{formatDuration(medianMilliseconds)}</td>
            <td>
              <span
                class="bar"
                style={{ width: `${((p95Milliseconds ?? 0) / slowest) * 120}px` }}
                aria-hidden="true"
              />{' '}
              {formatDuration(p95Milliseconds)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
