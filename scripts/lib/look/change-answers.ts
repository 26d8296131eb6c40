import type { Route } from 'playwright-core'
import type { PhonePage } from 'wechat-cloud-emulator/testing/phone'

/** What a function answers, as the contract has it. */
export interface FunctionAnswer {
  code?: number
  message?: string
  reason?: string
  data?: object
}

/** @returns the fields that become other ones */
export type Change = (answer: FunctionAnswer) => FunctionAnswer

const CALLS = '**/control/invoke'

/**
 * From now on the functions' answers reach the phone changed, or not at all.
 * @returns ends that; held-back answers come through then
 */
export async function changeAnswers(
  { page }: PhonePage,
  change: Change | 'none',
): Promise<() => Promise<void>> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const underWay = new Set<Promise<void>>()
  const answer = async (route: Route) => {
    if (change === 'none') {
      await released
      await route.continue()
      return
    }
    const response = await route.fetch()
    const body = (await response.json()) as { result: FunctionAnswer }
    await route.fulfill({ response, json: { ...body, result: { ...body.result, ...change(body.result) } } })
  }
  await page.route(CALLS, (route) => {
    const answered = answer(route)
    underWay.add(answered)
    return answered
  })
  return async () => {
    release()
    await Promise.all(underWay)
    await page.unroute(CALLS)
  }
}
