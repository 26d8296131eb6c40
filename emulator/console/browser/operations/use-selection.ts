import { useRef, useState } from 'preact/hooks'

export interface RowSelection {
  keys: ReadonlySet<string>
  /** @param isRange all from the one that was toggled last */
  toggle: (position: number, isRange: boolean) => void
  toggleAll: (isSelected: boolean) => void
}

/** Which rows are selected. @param keys of the rows, in their order */
export function useSelection(keys: readonly string[]): RowSelection {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const last = useRef(0)
  // Rows that are no longer shown are no longer selected.
  const shown = new Set(keys.filter((key) => selected.has(key)))
  return {
    keys: shown,
    toggle: (position, isRange) => {
      const isSelected = !shown.has(keys[position] ?? '')
      const [from, to] = isRange ? [last.current, position].sort((a, b) => a - b) : [position, position]
      last.current = position
      const changed = keys.slice(from, (to ?? position) + 1)
      setSelected(
        isSelected
          ? new Set([...shown, ...changed])
          : new Set([...shown].filter((key) => !changed.includes(key))),
      )
    },
    toggleAll: (isSelected) => setSelected(new Set(isSelected ? keys : [])),
  }
}
