import type { LaunchLink } from '../../control/launch-link.ts'

/** Scenes (场景值) by their numbers in WeChat's list: those that a tester needs. */
export const SCENES: Readonly<Record<number, string>> = {
  1001: '最近使用',
  1005: '搜索结果',
  1007: '单人聊天的卡片',
  1008: '群聊的卡片',
  1010: '收藏夹',
  1011: '扫二维码',
  1012: '长按识别二维码',
  1014: '订阅消息',
  1035: '公众号菜单',
  1037: '别的小程序打开',
  1044: '群聊的卡片，带 shareTicket',
  1047: '扫小程序码',
  1048: '长按识别小程序码',
  1065: 'URL Scheme',
  1089: '下拉入口',
  1155: '朋友圈单页模式',
  1194: 'URL Link',
}

/** Scene 1001: from the list of recent mini-programs. */
export const DEFAULT_SCENE = 1001
/** Scene 1014: a tap on a subscription message. */
export const MESSAGE_SCENE = 1014

/** Codes that have the text `scene` of `wxacode.getUnlimited`. */
export const isCodeScene = (scene: number) => scene === 1047 || scene === 1048
/** QR codes of an ordinary link, whose address comes as `q`. */
export const isLinkScene = (scene: number) => scene === 1011 || scene === 1012

/** Kinds of chat by scene, as `chatType`: 1 with one person, 3 with a group. */
export const CHAT_TYPES: Readonly<Record<number, number>> = { 1007: 1, 1008: 3, 1044: 3 }
/** A card in a group chat. */
export const GROUP_SCENE = 1008
/** A card that was shared after `showShareMenu({ withShareTicket: true })` brings a `shareTicket`. */
export const TICKET_SCENE = 1044

/** What a code or link opens with. WeChat's list has no scene of its own for short links: 1000 is 其他. */
export const LINK_SCENES: Readonly<Record<LaunchLink['kind'], number>> = {
  code: 1047,
  'qr-code': 1011,
  scheme: 1065,
  'url-link': 1194,
  'short-link': 1000,
}

export const LINK_NAMES: Readonly<Record<LaunchLink['kind'], string>> = {
  code: '小程序码',
  'qr-code': '小程序二维码',
  scheme: 'URL Scheme',
  'url-link': 'URL Link',
  'short-link': 'Short Link',
}

/** Such as `1047 扫小程序码`. */
export function sceneText(scene: number): string {
  const name = SCENES[scene]
  return name === undefined ? String(scene) : `${scene} ${name}`
}
