import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Topic } from '../../cloud/changes.ts'
import { control } from './api'

const listeners = new Set<(topics: readonly Topic[]) => void>()
let stream: EventSource | undefined

/** Hears of every change in the cloud, over one connection for the whole page. */
export function listen(listener: (topics: readonly Topic[]) => void): () => void {
  listeners.add(listener)
  stream ??= connect()
  return () => listeners.delete(listener)
}

function connect(): EventSource {
  const source = new EventSource('/control/events')
  source.onmessage = (message) => {
    const topics = JSON.parse(message.data)
    for (const listener of listeners) listener(topics)
  }
  return source
}

export interface Live<Data> {
  /** What the last good answer held. */
  data: Data | undefined
  error: string | undefined
  reload: () => void
}

/** What a GET of the control interface answers, asked again whenever one of the topics has changed. */
export function useLive<Data>(path: string, ...topics: Topic[]): Live<Data> {
  const [state, setState] = useState<{ path: string; data?: Data; error?: string }>({ path })
  const load = useCallback(() => {
    control<Data>('GET', path).then(
      (data) => setState({ path, data }),
      (error: Error) => setState((before) => ({ ...before, path, error: error.message })),
    )
  }, [path])
  const key = topics.join()
  useEffect(() => {
    load()
    return listen((changed) => {
      if (changed.some((topic) => key.split(',').includes(topic))) load()
    })
  }, [load, key])
  // Data of another path is not this one's.
  const isCurrent = state.path === path
  return {
    data: isCurrent ? state.data : undefined,
    error: isCurrent ? state.error : undefined,
    reload: load,
  }
}

/** Whether the cloud can be reached right now. */
export function useConnected(): boolean {
  const [connected, setConnected] = useState(true)
  useEffect(() => {
    const end = listen(() => setConnected(true))
    const up = () => setConnected(true)
    const down = () => setConnected(false)
    stream?.addEventListener('open', up)
    stream?.addEventListener('error', down)
    return () => {
      end()
      stream?.removeEventListener('open', up)
      stream?.removeEventListener('error', down)
    }
  }, [])
  return connected
}
