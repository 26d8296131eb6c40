import type { Page, Request } from 'playwright-core'

/** No request for so long, and the page has come to rest. */
const QUIET_MILLISECONDS = 60

/** Knows whether a page waits for answers. */
export class Quiescence {
  readonly #open = new Set<Request>()
  #changedAt = 0

  constructor(page: Page) {
    page.on('request', (request) => {
      if (isEndless(request)) return
      this.#open.add(request)
      this.#changedAt = performance.now()
    })
    const end = (request: Request) => {
      if (this.#open.delete(request)) this.#changedAt = performance.now()
    }
    page.on('requestfinished', end)
    page.on('requestfailed', end)
  }

  /** A request that waits for the test is no unrest, until it goes on. */
  changeHeld(request: Request, isHeld: boolean): void {
    if (isHeld) this.#open.delete(request)
    else this.#open.add(request)
    this.#changedAt = performance.now()
  }

  /**
   * Until nothing follows any more, or the time is over: an answer that never comes is no failure.
   * @param isLeftOut tells the requests for which it does not wait
   */
  async reached(
    timeoutMilliseconds: number,
    isLeftOut: (request: Request) => boolean = () => false,
  ): Promise<void> {
    const started = performance.now()
    const end = started + timeoutMilliseconds
    const isQuiet = () =>
      [...this.#open].every(isLeftOut) &&
      performance.now() - Math.max(this.#changedAt, started) >= QUIET_MILLISECONDS
    while (!isQuiet() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** The stream of events never ends. */
function isEndless(request: Request): boolean {
  return request.resourceType() === 'eventsource' || /\/control\/events\b/.test(request.url())
}
