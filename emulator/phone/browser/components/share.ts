import type { Host } from '../app/host.ts'

/**
 * `open-type="share"`: asks the page what to share, as WeChat does. Nobody can be shown it from here, so the panel
 * shows it to the tester.
 */
export async function share(host: Host): Promise<void> {
  const { device, navigation, appName } = host.services
  const { id, dataset } = host
  const message = await navigation.shareMessage({ from: 'button', target: { id, dataset } })
  const { title = appName, path, imageUrl } = message
  const shown = JSON.stringify({ title, path, imageUrl })
  device.errors.add(`open-type="share"：这台手机不能真的转发，转发的会是 ${shown}`)
  const toast = { title: `转发：${title}`, icon: 'none', mask: false, durationMilliseconds: 2500 } as const
  device.toast.show('toast', toast)
}
