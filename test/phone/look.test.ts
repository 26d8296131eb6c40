import axe from 'axe-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { PhonePage } from 'wechat-cloud-emulator/testing/phone'
import { createExampleUser } from '../../scripts/lib/look/example-user.ts'
import { describeLook, LOOKS, SAMPLED_LOOKS, slugOf } from '../../scripts/lib/look/looks.ts'
import { prepareLook, whileShown } from '../../scripts/lib/look/open-view.ts'
import { PAGE_VIEWS, type PageView } from '../../scripts/lib/look/page-views.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { pageRoutes } from '../miniprogram/page-routes.ts'
import { isExhaustive, shardOfAll } from '../support/exhaustive.ts'
import { PhoneKit } from './phone-kit.ts'

const looks = (isExhaustive ? shardOfAll(LOOKS) : SAMPLED_LOOKS).map(
  (look) => [describeLook(look), look] as const,
)

let kit: PhoneKit
beforeAll(async () => {
  kit = await PhoneKit.start(projectPath('miniprogram'))
})
afterEach(() => kit.finish())
afterAll(() => kit.stop())

it('every page is checked', () => {
  const urls = PAGE_VIEWS.map(({ url }) => url.slice(1).replace(/\?.*/, ''))
  expect(pageRoutes().filter((route) => !urls.includes(route))).toEqual([])
})

it.each(looks)(
  'nothing is cut, covered, faint or too small, and axe finds nothing: %s',
  async (_name, look) => {
    const found: Record<string, string[]> = {}
    const check = async (views: readonly PageView[], phone: PhonePage) => {
      for (const view of views) {
        const faults = await whileShown(phone, view, async () => [
          ...(await phone.faults()),
          // A dialog or sheet is WeChat's own, and the page below it has been checked.
          ...(view.shows?.isInSheet ? [] : await violations(phone)),
        ])
        if (faults.length > 0) found[view.name] = faults
      }
    }
    // People of this look alone: what others stored, and how often they called, is of no matter.
    const [openid, guestOpenid] = [`oShown-${slugOf(look)}`, `oGuest-${slugOf(look)}`]
    const stored = await createExampleUser(kit.cloud.control, openid)
    const user = await kit.phone(openid, '1', look.model)
    await prepareLook(user, look, stored)
    await check(
      PAGE_VIEWS.filter(({ isLoggedIn }) => isLoggedIn),
      user,
    )
    const guest = await kit.phone(guestOpenid, '1', look.model)
    await prepareLook(guest, look)
    await check(
      PAGE_VIEWS.filter(({ isLoggedIn }) => !isLoggedIn),
      guest,
    )
    expect(found).toEqual({})
  },
  240_000,
)

/** The rules of axe that the page on top breaks, with what breaks them. */
async function violations(phone: PhonePage): Promise<string[]> {
  const screen = phone.page.frames().find((frame) => frame.url().includes('part=screen'))
  if (!screen) return ['no screen']
  const isThere = await screen.evaluate('typeof axe !== "undefined"')
  if (!isThere) await screen.evaluate(axe.source)
  const { violations: broken } = await screen.evaluate<axe.AxeResults>(
    `axe.run('.wx-page-layer:not([inert])', { resultTypes: ['violations'] })`,
  )
  return broken.flatMap(({ id, nodes }) => nodes.map(({ html }) => `axe ${id}: ${html.slice(0, 160)}`))
}
