import { shareCard } from '../services/share.ts'
import type { Host } from './host.ts'

/** `open-type="share"`: calls `onShareAppMessage` of the page and makes a card of its answer. */
export async function share(host: Host): Promise<void> {
  const { device, navigation, appName } = host.services
  const { id, dataset } = host
  const message = await navigation.shareMessage({ from: 'button', target: { id, dataset } })
  await shareCard(device, appName, 'message', message)
}
