import type { Topic } from '../../../control/topic.ts'

const channel = new BroadcastChannel('phone-changes')

/**
 * Listens to changes in the cloud. A browser opens few connections to one address, so all phones share one: the page
 * that holds the lock receives the changes and forwards them to the others. When it closes, another page takes over. A
 * new connection starts with all topics, so no change is missed in between. A page starts to listen before it loads the
 * screen's frame, so the frame is never older than the changes that the page has received.
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
    // Holds the lock until the page closes.
    return new Promise(() => {})
  })
}

/**
 * Starts the mini-program again if the cloud serves another build of it. The phone around it stays, unless that is
 * another one, too.
 * @param restart cold-starts the mini-program, of which the screen's frame loads the new build
 */
export async function followBuild(restart: () => void): Promise<void> {
  try {
    const response = await fetch(location.href)
    if (!response.ok) return
    const served = new DOMParser().parseFromString(await response.text(), 'text/html')
    const version = metaOf(served, 'phone-version')
    if (version?.content === metaOf(document, 'phone-version')?.content) return
    if (metaOf(served, 'phone-frame')?.content !== metaOf(document, 'phone-frame')?.content) {
      location.reload()
      return
    }
    if (version) metaOf(document, 'phone-version')?.replaceWith(version)
    restart()
  } catch {
    // The cloud is down. The next connection starts with all topics.
  }
}

const metaOf = (page: Document, name: string) => page.querySelector<HTMLMetaElement>(`meta[name=${name}]`)
