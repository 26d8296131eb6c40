import { launchAddress } from '../../launch/launch.ts'
import { showCardSheet } from '../device/card-sheet.ts'
import { CARD_SCENES, groupSceneOf, type SharedCard } from '../device/cards.ts'
import type { Device } from '../device/device.ts'
import { assetUrl } from './asset-url.ts'
import type { ShareMessage } from './navigation.ts'

/** Makes a card of what `onShareAppMessage` and its siblings answer, and offers to open it. */
export async function shareCard(
  device: Device,
  appName: string,
  kind: SharedCard['kind'],
  message: ShareMessage,
): Promise<void> {
  const { title = appName, path, imageUrl = '', withShareTicket = false } = message
  const card: SharedCard = {
    kind,
    title,
    path: path.replace(/^\//, ''),
    imageUrl: imageUrl.startsWith('cloud://') ? '' : imageUrl && assetUrl(imageUrl, '', device.files),
    openid: device.identity.openid,
    ...(withShareTicket ? { withShareTicket } : {}),
  }
  device.cards.add(card)
  const launch = { page: card.path, scene: CARD_SCENES[kind] }
  const other = otherUser(card.openid)
  const answer = await showCardSheet(device.overlay, card, launchAddress(other, launch))
  if (answer === 'here') device.open(launch)
  if (answer === 'group') device.open({ ...launch, scene: groupSceneOf(card) })
  if (answer === 'restart') device.restart(launch)
}

/** The user who gets the card: B, unless B has shared it. */
const otherUser = (openid: string) => (openid === 'oWechatUser-B' ? 'oWechatUser-A' : 'oWechatUser-B')
