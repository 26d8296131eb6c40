import type { ExampleState } from '../../../control/example.ts'
import { Notice } from '../frame/notice'
import { type Example, useExample } from './use-example'

/** Loads the project's example data with a click, and removes them with another. Nothing for a project without any. */
export function ExampleControls() {
  const example = useExample()
  const { shown, isBusy, error, changed, message } = example
  if (!shown) return null
  return (
    <fieldset>
      <legend>示例数据 Example data</legend>
      <p class="faint">
        {shown.description ?? '像已经有人用过一样的数据'}。只移除载入时写下的内容，其他数据不动。
      </p>
      {changed > 0 ? <Question {...example} /> : <Buttons {...example} />}
      {shown.state === 'loading' && <LoadingProgress {...shown} />}
      <p role="status">{isBusy || shown.state === 'loading' ? '请稍候，其他操作不受影响…' : message}</p>
      {error && <Notice>{error}</Notice>}
    </fieldset>
  )
}

/** A bar without an end until the project has said how far it is. */
function LoadingProgress({ progress }: ExampleState) {
  const { done, all } = progress ?? {}
  return (
    <progress aria-label="载入示例数据的进度" {...(all === undefined ? {} : { value: done, max: all })} />
  )
}

function Buttons({ shown, isBusy, load, cancel, remove }: Example) {
  if (shown?.state === 'loading')
    return (
      <button type="button" onClick={cancel}>
        取消载入
      </button>
    )
  if (shown?.state === 'loaded' && !isBusy)
    return (
      <button type="button" onClick={() => remove()}>
        移除示例数据
      </button>
    )
  return (
    <button type="button" disabled={isBusy} onClick={load}>
      载入示例数据
    </button>
  )
}

/** What happens to documents that somebody has changed. */
function Question({ changed, remove, keepAll }: Example) {
  return (
    <>
      <p role="alert">其中 {changed} 个文档在载入后改过。</p>
      <button type="button" onClick={() => remove('keep')}>
        移除，保留改过的
      </button>
      <button type="button" class="danger" onClick={() => remove('remove')}>
        全部移除
      </button>
      <button type="button" onClick={keepAll}>
        取消
      </button>
    </>
  )
}
