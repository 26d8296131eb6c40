import { GROUP_SCENE, TICKET_SCENE } from '../../launch/scenes.ts'
import { BrowserList } from '../launch/browser-list.ts'

/** A card in a chat, in the timeline or among the favourites. A tap on it opens the mini-program. */
export interface SharedCard {
  kind: 'message' | 'timeline' | 'favorites'
  title: string
  /** Path of the page with its query, without a leading slash. */
  path: string
  /** Address for the browser; empty without a picture. */
  imageUrl: string
  /** The user who shared it. */
  openid: string
  /** In a group chat it brings a ticket, and the scene is another. */
  withShareTicket?: boolean
}

/** WeChat's scene of a launch from a card. */
export const CARD_SCENES: Readonly<Record<SharedCard['kind'], number>> = {
  message: 1007,
  timeline: 1155,
  favorites: 1010,
}

/** The scene of a card in a group chat. */
export const groupSceneOf = ({ withShareTicket }: SharedCard) =>
  withShareTicket ? TICKET_SCENE : GROUP_SCENE

const KEPT = 8

/** The latest cards that were shared, on all phones of this browser. */
export const createSharedCards = () => new BrowserList<SharedCard>('phone-cards', KEPT)
