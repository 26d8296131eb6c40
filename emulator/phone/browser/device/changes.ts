import type { Topic } from '../../../cloud/changes.ts'

const channel = new BroadcastChannel('phone-changes')

/**
 * Hears what changes in the cloud. A browser opens few connections to one address, so all phones share one: whoever
 * holds the lock listens and tells the others, and when that page goes another takes its place.
 */
export function listenToChanges(listener: (topics: readonly Topic[]) => void): void {
  channel.addEventListener('message', ({ data }) => listener(data))
  navigator.locks.request('phone-changes', () => {
    const source = new EventSource('/control/events')
    source.onmessage = ({ data }) => {
      const topics = JSON.parse(data)
      channel.postMessage(topics)
      listener(topics)
    }
    // The lock is held until the page is gone.
    return new Promise(() => {})
  })
}

/** Reloads the page if it has been built anew. */
export async function reloadIfRebuilt(): Promise<void> {
  const own = document.querySelector('meta[name=phone-version]')?.getAttribute('content')
  const response = await fetch(location.href)
  const version = /name="phone-version" content="([^"]*)"/.exec(await response.text())?.[1]
  if (response.ok && version !== own) location.reload()
}
