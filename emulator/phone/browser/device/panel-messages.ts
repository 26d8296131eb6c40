import type { SentMessage } from '../../../control/interface.ts'
import { MESSAGE_SCENE } from '../../launch/scenes.ts'
import { h } from '../base/dom.ts'
import type { Device } from './device.ts'

/** The subscription messages (订阅消息) that the user of this phone has received; a tap opens their page. */
export function drawMessages(device: Device): HTMLElement {
  const list = h('div', { class: 'messages' })
  const show = (messages: readonly SentMessage[]) =>
    list.replaceChildren(
      ...(messages.length > 0 ? messages.map((message) => drawMessage(device, message)) : ['还没有收到']),
    )
  show([])
  device.onMessages(show)
  return h('fieldset', {}, h('legend', {}, '订阅消息'), list)
}

function drawMessage(device: Device, { templateId, fields, page }: SentMessage): HTMLElement {
  const open = () => device.open({ page: page.replace(/^\//, ''), scene: MESSAGE_SCENE })
  const lines = Object.entries(fields).map(([name, text]) => h('div', {}, `${name}：${text}`))
  return h('button', { type: 'button', click: open }, h('b', {}, `模板 ${templateId}`), ...lines)
}
