import type { Page, Request, Route } from 'playwright-core'
import type { CallRequest } from '../../../control/calls.ts'
import type { Quiescence } from '../../phone/quiescence.ts'
import { type FunctionCall, PhoneCalls, UPLOAD, type Waits } from '../phone-calls.ts'
import { BrowserUpload } from './browser-upload.ts'

const INVOKE = '/control/invoke'
const ASK_UPLOAD = '/control/storage/upload'

/** The calls that leave a phone's page in the browser. */
export class BrowserCalls extends PhoneCalls {
  /** What the browser waits for, by call. */
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
      const call = callOf(request)
      if (call) this.add(call)
    })
    if (this.#isIntercepting) await this.#intercept(page)
  }

  /** From now on calls pass the test, which keeps the browser from its cache. */
  async intercept(): Promise<void> {
    if (!this.#isIntercepting && this.#page) await this.#intercept(this.#page)
    this.#isIntercepting = true
  }

  /** Tells which requests a wait of the caller's is not to wait for. */
  isLeftOut(): (request: Request) => boolean {
    const calls = this.leftOut
    return (request) => [...calls].some((call) => this.#requests.get(call) === request)
  }

  async #intercept(page: Page): Promise<void> {
    await page.route(`**${INVOKE}`, (route) =>
      this.#meet(route, async (call) => {
        const json = await this.send(call, async () => (await route.fetch()).json())
        await route.fulfill({ json })
      }),
    )
    await page.route(`**${ASK_UPLOAD}`, (route) =>
      this.#meet(route, async (call) => {
        const upload = new BrowserUpload(route, (request) => this.#requests.set(call, request))
        await upload.end(await this.send(call, () => upload.pass()))
      }),
    )
  }

  async #meet(route: Route, work: (call: FunctionCall) => Promise<void>): Promise<void> {
    const request = route.request()
    const call = callOf(request)
    if (!call || !this.isMet(call)) return route.continue()
    this.#requests.set(call, request)
    try {
      await work(call)
    } catch {
      // Of a page that is gone by now, if the test's own handler has not failed.
      await route.abort().catch(() => undefined)
    } finally {
      this.#requests.delete(call)
    }
  }
}

function callOf(request: Request): FunctionCall | undefined {
  const { pathname } = new URL(request.url())
  if (pathname === INVOKE) {
    const { function: name, data } = request.postDataJSON() as CallRequest
    return { name, data: (data ?? {}) as FunctionCall['data'] }
  }
  if (pathname !== ASK_UPLOAD) return undefined
  const { cloudPath } = request.postDataJSON() as { cloudPath: unknown }
  return { name: UPLOAD, data: { cloudPath } }
}
