import type { Page, Request, Route } from 'playwright-core'
import type { CallRequest } from '../../../control/calls.ts'
import type { Quiescence } from '../../phone/quiescence.ts'
import { type FunctionCall, PhoneCalls, type Waits } from '../phone-calls.ts'

const INVOKE = '**/control/invoke'

/** The calls of functions that leave a phone's page in the browser. */
export class BrowserCalls extends PhoneCalls {
  readonly #requests: Map<FunctionCall, Request>
  #quiescence: Quiescence | undefined
  #page: Page | undefined
  #isIntercepting = false

  constructor(waits: Waits) {
    const requests = new Map<FunctionCall, Request>()
    super(waits, (call, isHeld) => {
      const request = requests.get(call)
      if (request) this.#quiescence?.changeHeld(request, isHeld)
    })
    this.#requests = requests
  }

  /** Lists the calls of this page. */
  async listen(page: Page, quiescence: Quiescence): Promise<void> {
    this.#page = page
    this.#quiescence = quiescence
    page.on('request', (request) => {
      if (/\/control\/invoke$/.test(request.url())) this.add(callOf(request))
    })
    if (this.#isIntercepting) await this.#intercept(page)
  }

  /** From now on calls pass the test, which keeps the browser from its cache. */
  async intercept(): Promise<void> {
    if (!this.#isIntercepting && this.#page) await this.#intercept(this.#page)
    this.#isIntercepting = true
  }

  async #intercept(page: Page): Promise<void> {
    await page.route(INVOKE, (route) => this.#meet(route))
  }

  async #meet(route: Route): Promise<void> {
    const request = route.request()
    const call = callOf(request)
    if (!this.isMet(call)) return route.continue()
    this.#requests.set(call, request)
    try {
      await route.fulfill({ json: await this.send(call, async () => (await route.fetch()).json()) })
    } catch {
      // Of a page that is gone by now, if the test's own handler has not failed.
      await route.abort().catch(() => undefined)
    } finally {
      this.#requests.delete(call)
    }
  }
}

function callOf(request: Request): FunctionCall {
  const { function: name, data } = request.postDataJSON() as CallRequest
  return { name, data: (data ?? {}) as FunctionCall['data'] }
}
