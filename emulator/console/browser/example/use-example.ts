import { useState } from 'preact/hooks'
import type { ChangedDocuments, ExampleState } from '../../../control/example.ts'
import { control } from '../frame/api'
import { useLive } from '../frame/live'

/** Not declared, and not loaded from when it was. */
const isNothing = ({ isDeclared, state }: ExampleState) => !isDeclared && state !== 'loaded'

export interface Example {
  /** Undefined while it is not known, and for a project without an example. */
  shown: ExampleState | undefined
  isBusy: boolean
  error: string | undefined
  /** How many documents somebody has changed since: what happens to them has to be said. */
  changed: number
  /** Of the last action, for screen readers too. */
  message: string
  load: () => Promise<void>
  /** Breaks the loading off. */
  cancel: () => Promise<void>
  remove: (changed?: ChangedDocuments) => Promise<void>
  /** Takes the question about changed documents back. */
  keepAll: () => void
}

/** The project's example data, and what a click does with them. */
export function useExample(): Example {
  const { data, reload } = useLive('example', 'machine', 'database')
  const [action, setAction] = useState({ isBusy: false, changed: 0, message: '' })
  const [error, setError] = useState<string>()
  const run = async (act: () => Promise<{ changed: number; message: string }>) => {
    setError(undefined)
    setAction({ isBusy: true, changed: 0, message: '' })
    try {
      setAction({ isBusy: false, ...(await act()) })
    } catch (failure) {
      setAction({ isBusy: false, changed: 0, message: '' })
      setError((failure as Error).message)
    }
    reload()
  }
  return {
    shown: data && !isNothing(data) ? data : undefined,
    error,
    ...action,
    load: () =>
      run(async () => {
        const { state, documents } = await control('POST', 'example/load')
        const message = state === 'loaded' ? `已载入 ${documents} 个文档` : '已取消，没有载入'
        return { changed: 0, message }
      }),
    // What becomes of it, the loading says.
    cancel: () =>
      control('POST', 'example/cancel').then(reload, (failure: Error) => setError(failure.message)),
    remove: (changed) =>
      run(async () => {
        const end = await control('POST', 'example/remove', changed === undefined ? {} : { changed })
        if (!end.isDone) return { changed: end.changed, message: '' }
        const kept = changed === 'keep' ? `，保留了改过的 ${end.changed} 个` : ''
        return { changed: 0, message: `已移除 ${end.removed} 个文档${kept}` }
      }),
    keepAll: () => setAction({ isBusy: false, changed: 0, message: '' }),
  }
}
