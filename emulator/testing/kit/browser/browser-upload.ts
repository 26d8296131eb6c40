import type { APIResponse, Request, Route } from 'playwright-core'
import type { CallResult } from '../../../control/calls.ts'
import type { StorageRefusal, UploadTarget } from '../../../control/storage.ts'
import { storageRefusal } from '../../../phone/program/storage-refusal.ts'
import { LOST_CALL } from '../phone-calls.ts'

/** Where a page sends a file that the test alone answers. */
const ANSWERED_BY_TEST = '/control/storage/answered-by-the-test'

/**
 * One upload that a test holds or answers. The phone's page asks where the file goes, and then sends it there: what the
 * test answers before the second request goes out as the answer of the first.
 */
export class BrowserUpload {
  readonly #ask: Route
  readonly #waitsFor: (request: Request) => void
  /** The request that brings the file, once the storage has answered it. */
  #put: Put | undefined

  /** @param ask the page's first request @param waitsFor called with the request that the page waits for next */
  constructor(ask: Route, waitsFor: (request: Request) => void) {
    this.#ask = ask
    this.#waitsFor = waitsFor
  }

  /** Lets the file through to the storage, and keeps its answer from the page. */
  async pass(): Promise<CallResult> {
    const response = await this.#ask.fetch()
    const target = (await response.json()) as UploadTarget | StorageRefusal
    if ('errCode' in target) return target
    const put = await this.#catchPut(new URL(target.url).pathname)
    await this.#ask.fulfill({ response })
    const route = await put.arrived
    this.#waitsFor(route.request())
    const stored = await route.fetch()
    const refusal = stored.ok() ? undefined : storageRefusal(stored.status(), await stored.text())
    this.#put = { route, stored, errCode: refusal?.errCode }
    return refusal ?? { result: { fileID: target.fileID } }
  }

  /** The page hears how the upload ends. */
  async end({ result, errCode, errMsg }: CallResult): Promise<void> {
    if (this.#put) return this.#endPut(this.#put, errCode)
    if (errCode !== undefined) return this.#ask.fulfill({ json: { errCode, errMsg } })
    const { fileID } = Object(result) as { fileID?: unknown }
    const put = await this.#catchPut(ANSWERED_BY_TEST)
    const url = new URL(ANSWERED_BY_TEST, this.#ask.request().url()).href
    await this.#ask.fulfill({ json: { fileID, url, headers: {} } })
    await (await put.arrived).fulfill({ status: 200 })
  }

  /** A storage that has the file cannot refuse it by any number: -601001 is a lost answer, any other -503001. */
  async #endPut(put: Put, errCode: number | undefined): Promise<void> {
    const { route } = put
    if (errCode === put.errCode) return route.fulfill({ response: put.stored })
    return errCode === LOST_CALL.errCode ? route.abort() : route.fulfill({ status: 500, body: '' })
  }

  /** From now on waits for the request that brings the file. */
  async #catchPut(path: string): Promise<{ arrived: Promise<Route> }> {
    const page = this.#ask.request().frame().page()
    let catchRoute: (route: Route) => void = () => {}
    const arrived = new Promise<Route>((resolve) => {
      catchRoute = resolve
    })
    await page.route(
      ({ pathname }) => pathname === path,
      (route) => catchRoute(route),
      { times: 1 },
    )
    return { arrived }
  }
}

interface Put {
  route: Route
  stored: APIResponse
  /** What the mini-program hears of a storage that did not take the file. */
  errCode: number | undefined
}
