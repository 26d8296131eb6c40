import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

export interface Tab<Id extends string> {
  id: Id
  name: string
}

interface TabsProps<Id extends string> {
  /** Names the tabs for screen readers. */
  label: string
  tabs: readonly Tab<Id>[]
  selected: Id
  onSelect: (id: Id) => void
  /** What the selected tab shows. */
  children: ComponentChildren
}

/** Tabs above a panel. Arrow keys, Home and End move between them. */
export function Tabs<Id extends string>({ label, tabs, selected, onSelect, children }: TabsProps<Id>) {
  const prefix = useId()
  const press = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const position = tabs.findIndex(({ id }) => id === selected)
    const positions: Record<string, number> = {
      ArrowRight: (position + 1) % tabs.length,
      ArrowLeft: (position + tabs.length - 1) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    }
    const next = tabs[positions[event.key] ?? -1]
    if (!next) return
    event.preventDefault()
    onSelect(next.id)
    const element = event.currentTarget.querySelector(`[id="${prefix}-${next.id}"]`)
    if (element instanceof HTMLElement) element.focus()
  }
  return (
    <div class="tabs">
      <div role="tablist" aria-label={label} onKeyDown={press}>
        {tabs.map(({ id, name }) => (
          <button
            key={id}
            id={`${prefix}-${id}`}
            type="button"
            role="tab"
            aria-selected={id === selected}
            aria-controls={`${prefix}-panel`}
            tabindex={id === selected ? 0 : -1}
            onClick={() => onSelect(id)}
          >
            {name}
          </button>
        ))}
      </div>
      <div id={`${prefix}-panel`} role="tabpanel" aria-labelledby={`${prefix}-${selected}`}>
        {children}
      </div>
    </div>
  )
}
