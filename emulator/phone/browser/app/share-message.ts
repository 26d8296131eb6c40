import type { ErrorLog } from '../device/error-log.ts'
import { sleep } from '../dom.ts'
import { attempt } from './attempt.ts'
import type { ShareCause, ShareMessage } from './navigation.ts'
import type { Page } from './page.ts'

/** As long as WeChat waits for the promise in the answer of `onShareAppMessage`. */
const WAIT_MILLISECONDS = 3000

/** What a page gives to be shared; its own address where it says nothing else. */
export async function askShareMessage(
  page: Page | undefined,
  cause: ShareCause,
  errors: ErrorLog,
): Promise<ShareMessage> {
  const search = Object.entries(page?.query ?? {}).map(([name, value]) => `${name}=${value}`)
  const path = `${page?.path ?? ''}${search.length > 0 ? `?${search.join('&')}` : ''}`
  let message: unknown
  attempt(errors, `${page?.path} onShareAppMessage`, () => {
    message = page?.call('onShareAppMessage', cause)
  })
  if (typeof message !== 'object' || message === null) return { path }
  const { promise, ...otherwise } = message as { promise?: unknown }
  const late = sleep(WAIT_MILLISECONDS).then(() => undefined)
  const promised = promise instanceof Promise ? await Promise.race([promise, late]) : undefined
  return { path, ...otherwise, ...promised }
}
