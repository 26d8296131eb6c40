import type { SharedCard } from '../device/cards.ts'
import { showActionSheet } from '../device/dialogs.ts'
import type { ShareMessage } from './navigation.ts'
import type { Services } from './services.ts'
import { shareCard } from './share.ts'

type MenuItem = readonly [label: string, run: () => unknown]

/** The menu behind the dots of the capsule: sharing where the page has it, settings, a new start. */
export async function openMenu(services: Services): Promise<void> {
  const { device, appName } = services
  const items = menuItems(services)
  const labels = items.map(([label]) => label)
  const chosen = await showActionSheet(device.overlay, { items: labels, title: appName })
  await items[chosen]?.[1]()
}

function menuItems({ device, navigation, appName, permissions }: Services): MenuItem[] {
  const share = async (kind: SharedCard['kind'], message: Promise<ShareMessage>) =>
    shareCard(device, appName, kind, await message)
  const { message, timeline } = navigation.shareMenu
  const items: (MenuItem | false)[] = [
    message && ['转发给朋友', () => share('message', navigation.shareMessage({ from: 'menu' }))],
    timeline && ['分享到朋友圈', () => share('timeline', navigation.shareTimeline())],
    ['收藏', () => share('favorites', navigation.addToFavorites())],
    ['设置', () => permissions.openSettings()],
    ['重新进入小程序', () => device.restart()],
  ]
  return items.filter((item) => item !== false)
}
