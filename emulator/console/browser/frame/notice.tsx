import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

/** A message that screen readers announce when it appears. */
export function Notice({
  children,
  kind = 'error',
}: {
  children: ComponentChildren
  kind?: 'error' | 'hint'
}) {
  return (
    <p class={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'note'}>
      {children}
    </p>
  )
}

/** Runs actions that may fail, and keeps the message of the last failure. */
export function useAction(): {
  error: string | undefined
  run: (action: () => Promise<unknown>) => Promise<boolean>
} {
  const [error, setError] = useState<string>()
  const run = async (action: () => Promise<unknown>) => {
    try {
      await action()
      setError(undefined)
      return true
    } catch (failure) {
      setError((failure as Error).message)
      return false
    }
  }
  return { error, run }
}
