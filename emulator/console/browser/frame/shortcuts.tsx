import { useEffect, useRef } from 'preact/hooks'
import { useRemembered } from './remembered'
import { SHOWN_SECTIONS } from './route'
import './shortcuts.css'

/** Keys that any view may have, with the control that has it as `aria-keyshortcuts`. */
const VIEW_KEYS = [
  { key: '/', name: '到查找框 Search' },
  { key: 'j', name: '下一行 Next row' },
  { key: 'k', name: '上一行 Previous row' },
  { key: '[', name: '折叠或展开手机 Fold the phones' },
  { key: '?', name: '显示这张表 This list' },
] as const

/** The list of shortcuts, under `?`. A key that is typed into a field stays with the field. */
export function Shortcuts() {
  const dialog = useRef<HTMLDialogElement>(null)
  const [isOn, setOn] = useRemembered('console.shortcuts', (stored) => stored !== false)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isOn || isTaken(event)) return
      if (event.key === '?') dialog.current?.showModal()
      else if (!follow(event.key)) return
      event.preventDefault()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [isOn])
  return (
    <>
      <button
        type="button"
        class="round"
        aria-label="键盘快捷键"
        aria-keyshortcuts="?"
        onClick={() => dialog.current?.showModal()}
      >
        ?
      </button>
      <dialog ref={dialog} class="shortcuts" aria-labelledby="shortcuts-title">
        <h2 id="shortcuts-title">键盘快捷键 Shortcuts</h2>
        <dl>
          {SHOWN_SECTIONS.map(({ id, name, english }, index) => (
            <div key={id}>
              <dt>
                <kbd>{(index + 1) % 10}</kbd>
              </dt>
              <dd>
                {name} <span lang="en">{english}</span>
              </dd>
            </div>
          ))}
          {VIEW_KEYS.map(({ key, name }) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{name}</dd>
            </div>
          ))}
        </dl>
        <label>
          <input type="checkbox" checked={isOn} onChange={(event) => setOn(event.currentTarget.checked)} />{' '}
          使用快捷键
        </label>
        <p>
          <a href="?tour">再看一次导览 Tour</a>
        </p>
        <form method="dialog">
          <button type="submit">关闭</button>
        </form>
      </dialog>
    </>
  )
}

/** Whether the key belongs to a field, to a dialog or to the browser. */
function isTaken({
  target,
  ctrlKey,
  metaKey,
  altKey,
  isComposing,
  defaultPrevented,
}: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || isComposing || defaultPrevented) return true
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest('input, textarea, select, dialog') !== null
}

/** @returns whether the key means something */
function follow(key: string): boolean {
  // The tenth has 0.
  const section = /^\d$/.test(key) ? SHOWN_SECTIONS[(Number(key) + 9) % 10] : undefined
  if (section) {
    location.hash = section.id
    return true
  }
  const control = document.querySelector(`[aria-keyshortcuts~="${CSS.escape(key)}"]`)
  if (!(control instanceof HTMLElement)) return false
  if (control.matches('input')) control.focus()
  else control.click()
  return true
}
