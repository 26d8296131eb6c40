import { useEffect, useRef } from 'preact/hooks'
import { useConditions } from './conditions'
import { Notice, useAction } from './notice'
import './conditions-badge.css'

/** How much is not as usual, seen from every view, with a way to turn it off. */
export function ConditionsBadge() {
  const conditions = useConditions()
  const { error, run } = useAction()
  const menu = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = (event: Event) => {
      if (menu.current?.open && !menu.current.contains(event.target as Node)) menu.current.open = false
    }
    addEventListener('pointerdown', close)
    return () => removeEventListener('pointerdown', close)
  }, [])
  if (conditions.length === 0) return error ? <Notice>{error}</Notice> : null
  const turnAllOff = () =>
    run(async () => {
      for (const { turnOff } of conditions) await turnOff()
    })
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !menu.current?.open) return
    menu.current.open = false
    menu.current.querySelector('summary')?.focus()
  }
  return (
    <details class="conditions" ref={menu} onKeyDown={press}>
      <summary title="Conditions that are not usual">
        <span aria-hidden="true">⚠</span> {conditions.length} 项异常条件
      </summary>
      <div class="menu">
        <ul>
          {conditions.map(({ name, turnOff }) => (
            <li key={name}>
              <span>{name}</span>
              <button type="button" onClick={() => run(turnOff)} aria-label={`关闭：${name}`}>
                关闭
              </button>
            </li>
          ))}
        </ul>
        {error && <Notice>{error}</Notice>}
        <div class="toolbar">
          <button type="button" class="primary" onClick={turnAllOff}>
            恢复正常
          </button>
          <a href="#faults">故障</a>
          <a href="#machine">设置</a>
        </div>
      </div>
    </details>
  )
}
