import type { Refusals } from '../../../control/figures.ts'

/** Why functions have refused, the most frequent reason first. */
export function RefusalTable({ refusals }: { refusals: readonly Refusals[] }) {
  if (refusals.length === 0) return null
  const most = Math.max(...refusals.map(({ count }) => count))
  return (
    <table class="refusals">
      <caption>拒绝的原因和错误</caption>
      <thead>
        <tr>
          <th scope="col">原因</th>
          <th scope="col">云函数</th>
          <th scope="col">次数</th>
        </tr>
      </thead>
      <tbody>
        {refusals.map(({ functionName, reason, count }) => (
          <tr key={`${functionName} ${reason}`}>
            <th scope="row">
              <code>{reason}</code>
            </th>
            <td>{functionName}</td>
            <td class="number">
              <span class="bar" style={{ width: `${(count / most) * 160}px` }} aria-hidden="true" /> {count}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
