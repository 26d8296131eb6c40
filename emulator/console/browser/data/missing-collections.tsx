import { control } from '../frame/api'
import { useLive } from '../frame/live'
import { Notice, useAction } from '../frame/notice'

/** Collections that were asked for and did not exist: the platform makes none. A click makes one. */
export function MissingCollections() {
  const { data } = useLive('missing-collections', 'database', 'machine')
  const action = useAction()
  if (!data) return null
  const { names, made } = data
  return (
    <>
      {made.length > 0 && (
        <Notice kind="hint">
          已在本机建好：{made.join('、')}。云端不会自动建，上线前请在云开发控制台新建，并选好权限。
        </Notice>
      )}
      {names.length > 0 && (
        <section aria-label="缺少的集合">
          <p class="faint">页面或云函数用到了这些集合，但还没有建：</p>
          {names.map((name) => (
            <button
              key={name}
              type="button"
              onClick={() =>
                action.run(() => control('POST', 'collections', { name, permission: 'PRIVATE' }))
              }
            >
              ＋ {name}
            </button>
          ))}
          {action.error && <Notice>{action.error}</Notice>}
        </section>
      )}
    </>
  )
}
