import { useCallback, useEffect, useState } from 'preact/hooks'
import type { AddressAnswer, KnownAddress } from '../../../control/route-types.ts'
import type { Topic } from '../../../control/topic.ts'
import { request } from './api'

const listeners = new Set<(topics: readonly Topic[]) => void>()
let stream: EventSource | undefined

/** Listens to all changes in the cloud. The whole page shares one connection. @returns stops listening */
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
  /** Of the last successful answer. */
  data: Data | undefined
  error: string | undefined
  reload: () => void
}

/** The answer to a GET of the control interface, fetched again when one of the topics changes. */
export function useLive<const Address extends string>(
  address: KnownAddress<'GET', Address>,
  ...topics: Topic[]
): Live<AddressAnswer<'GET', Address>> {
  return useReloaded(address, topics)
}

function useReloaded<Data>(path: string, topics: readonly Topic[]): Live<Data> {
  const [state, setState] = useState<{ path: string; data?: Data; error?: string }>({ path })
  const load = useCallback(() => {
    request<Data>('GET', path).then(
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
  // The state may still hold data of another path.
  const isCurrent = state.path === path
  return {
    data: isCurrent ? state.data : undefined,
    error: isCurrent ? state.error : undefined,
    reload: load,
  }
}

/** Whether the cloud is connected. */
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
