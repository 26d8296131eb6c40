import type { WebRequest } from '../../control/interface.ts'
import type { EventBus } from '../event-bus.ts'

const KEPT = 500

/** The requests of pages to the web, the latest first; values of their queries are left out. */
export class WebRequestLog {
  readonly #events: EventBus
  #requests: WebRequest[] = []

  constructor(events: EventBus) {
    this.#events = events
  }

  list(): readonly WebRequest[] {
    return this.#requests
  }

  add(request: WebRequest): void {
    this.#requests = [request, ...this.#requests].slice(0, KEPT)
    this.#events.emit('web')
  }

  clear(): void {
    this.#requests = []
    this.#events.emit('web')
  }
}

/** A path with the names of its query. Long parts of a path may be tokens. */
export function maskedPath({ pathname, searchParams }: URL): string {
  const path = pathname.replace(/[^/]{32,}/g, '…')
  const names = [...new Set(searchParams.keys())].map((name) => `${name}=…`)
  return names.length > 0 ? `${path}?${names.join('&')}` : path
}
