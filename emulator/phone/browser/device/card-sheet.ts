import { h } from '../base/dom.ts'
import { CARD_SCENES, groupSceneOf, type SharedCard } from './cards.ts'
import type { Overlay } from './overlay.ts'

export type CardAnswer = 'here' | 'group' | 'restart' | 'close'

/**
 * Shows the tester the card that was shared, and where it can be opened.
 * @param otherPhone address of a phone of another user that opens it
 */
export function showCardSheet(overlay: Overlay, card: SharedCard, otherPhone: string): Promise<CardAnswer> {
  const action = (text: string, click: () => void) =>
    h('button', { type: 'button', class: 'action', click }, text)
  return overlay.prompt<CardAnswer>('sheet', `转发：${card.title}`, 'close', (finish) => [
    h('div', { class: 'action-title' }, '卡片已生成；面板的“卡片”里随时可以再打开'),
    drawCard(card),
    action('打开卡片', () => finish('here')),
    ...(card.kind === 'message'
      ? [action(`在群聊里打开（场景 ${groupSceneOf(card)}）`, () => finish('group'))]
      : []),
    action(`冷启动打开（场景 ${CARD_SCENES[card.kind]}）`, () => finish('restart')),
    h(
      'a',
      { class: 'action', href: otherPhone, target: '_blank', rel: 'noopener', click: () => finish('close') },
      '用另一位用户的手机打开',
    ),
    action('关闭', () => finish('close')),
  ])
}

function drawCard({ title, path, imageUrl }: SharedCard): HTMLElement {
  return h(
    'div',
    { class: 'card' },
    h('b', {}, title),
    imageUrl !== '' && h('img', { src: imageUrl, alt: '' }),
    h('small', {}, path),
  )
}
