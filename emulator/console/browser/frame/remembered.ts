import { useCallback, useState } from 'preact/hooks'

/** What the browser remembers of the console under a key, such as `console.theme`; undefined for nothing, or no JSON. */
export function readRemembered(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** Without effect where the browser stores nothing. */
function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // The console works without a memory.
  }
}

/**
 * State that outlives the page.
 * @param read makes the state of what is stored, which may be anything
 */
export function useRemembered<Value>(
  key: string,
  read: (stored: unknown) => Value,
): [Value, (value: Value) => void] {
  const [value, setValue] = useState(() => read(readRemembered(key)))
  const change = useCallback(
    (next: Value) => {
      setValue(() => next)
      remember(key, next)
    },
    [key],
  )
  return [value, change]
}
