import type { Topic } from '../../../cloud/changes.ts'

const channel = new BroadcastChannel('phone-changes')

/**
 * Hears what changes in the cloud. A browser opens few connections to one address, so all phones share one: whoever
 * holds the lock listens and tells the others, and when that page goes another takes its place. A connection begins
 * with all topics, so what happened without one is not missed; and the screen's frame is loaded after a page has begun
 * to hear, so what the others were told before is in it.
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
  try {
    const response = await fetch(location.href)
    const version = /name="phone-version" content="([^"]*)"/.exec(await response.text())?.[1]
    if (response.ok && version !== own) location.reload()
  } catch {
    // The cloud is down; when it is back, the connection to it begins with all topics.
  }
}
