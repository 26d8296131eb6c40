import { control } from './api'
import { formatTime } from './format'
import { useLive } from './live'
import { Notice, useAction } from './notice'
import { ThrownErrorView } from './thrown-error'

/** Errors of the mini-program on the phones, with their places in the sources; nothing while there are none. */
export function PageErrors() {
  const errors = useLive('page-errors', 'notes', 'machine').data?.errors ?? []
  const { error, run } = useAction()
  if (errors.length === 0) return null
  const present = errors.filter(({ isOfOlderBuild }) => !isOfOlderBuild).length
  return (
    <details class="source-notes page-errors">
      <summary>
        {present > 0 ? (
          <>
            小程序有 <strong>{present}</strong> 个错误
          </>
        ) : (
          <span class="faint">最近一次构建以前有 {errors.length} 个错误</span>
        )}
      </summary>
      {error && <Notice>{error}</Notice>}
      <button type="button" onClick={() => run(() => control('DELETE', 'page-errors'))}>
        清空
      </button>
      <ol>
        {[...errors].reverse().map(({ at, openid, page, text, thrown, times, isOfOlderBuild }, index) => (
          <li key={`${at} ${index}`}>
            <span class="faint">
              {formatTime(at)} · {page ?? 'app'}
              {openid && ` · ${openid}`}
              {times > 1 && ` · ${times} 次`}
            </span>{' '}
            {isOfOlderBuild && <span class="badge">旧版本</span>}
            {thrown ? <ThrownErrorView thrown={thrown} /> : <pre>{text}</pre>}
          </li>
        ))}
      </ol>
    </details>
  )
}
