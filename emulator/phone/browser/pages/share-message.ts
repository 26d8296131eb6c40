import { sleep } from '../base/dom.ts'
import type { ErrorLog } from '../device/error-log.ts'
import type { ShareCause, ShareMessage } from '../services/navigation.ts'
import { attempt } from './attempt.ts'
import type { Page } from './page.ts'

/** How long WeChat waits for the promise in the answer of `onShareAppMessage`. */
const WAIT_MILLISECONDS = 3000

/** Address of a page with its query. */
function addressOf(page: Page | undefined, query = page?.query ?? {}): string {
  const search = Object.entries(query).map(([name, value]) => `${name}=${value}`)
  return `${page?.path ?? ''}${search.length > 0 ? `?${search.join('&')}` : ''}`
}

/** Calls `onShareTimeline` or `onAddToFavorites`. Their answers may have another query, and no other page. */
export function collectPageShare(
  page: Page | undefined,
  name: 'onShareTimeline' | 'onAddToFavorites',
  errors: ErrorLog,
): ShareMessage {
  let answer: unknown
  attempt(errors, `${page?.path} ${name}`, () => {
    answer = page?.call(name, {})
  })
  const { query, ...message } = (answer ?? {}) as { query?: unknown }
  const path = typeof query === 'string' ? `${page?.path}?${query}` : addressOf(page)
  return { ...message, path }
}

/** Calls `onShareAppMessage` of a page. Its answer may override the page's own address. */
export async function collectShareMessage(
  page: Page | undefined,
  cause: ShareCause,
  errors: ErrorLog,
): Promise<ShareMessage> {
  const path = addressOf(page)
  const ticket = page?.sharesTicket ? { withShareTicket: true } : {}
  let message: unknown
  attempt(errors, `${page?.path} onShareAppMessage`, () => {
    message = page?.call('onShareAppMessage', cause)
  })
  if (typeof message !== 'object' || message === null) return { path, ...ticket }
  const { promise, ...otherwise } = message as { promise?: unknown }
  const late = sleep(WAIT_MILLISECONDS).then(() => undefined)
  const promised = promise instanceof Promise ? await Promise.race([promise, late]) : undefined
  return { path, ...otherwise, ...promised, ...ticket }
}
