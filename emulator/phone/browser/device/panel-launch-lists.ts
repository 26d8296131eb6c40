import type { LaunchLink } from '../../../control/launch-link.ts'
import type { Launch } from '../../launch/launch.ts'
import { LINK_NAMES, LINK_SCENES, sceneText } from '../../launch/scenes.ts'
import { h } from '../base/dom.ts'
import { CARD_SCENES } from './cards.ts'
import type { Device } from './device.ts'

/** What can be opened by one click: earlier launches, and codes and links that functions have made. */
export function drawLaunchLists(device: Device): HTMLElement[] {
  const past = h('div', { class: 'launches' })
  const showPast = () => {
    const launches = device.launches.list()
    past.replaceChildren(...launches.map((launch) => drawItem(device, launch, sceneText(launch.scene))))
    pastList.hidden = launches.length === 0
  }
  const pastList = h('details', { class: 'launch-list' }, h('summary', {}, '最近的启动'), past)
  const made = h('div', { class: 'launches' })
  const madeList = h(
    'details',
    { class: 'launch-list', open: true },
    h('summary', {}, '云函数生成的码和链接'),
    made,
  )
  const showMade = (links: readonly LaunchLink[]) => {
    made.replaceChildren(
      ...links.map(({ kind, page }) =>
        drawItem(device, { page, scene: LINK_SCENES[kind] }, LINK_NAMES[kind]),
      ),
    )
    madeList.hidden = links.length === 0
  }
  showPast()
  showMade([])
  device.launches.onChange(showPast)
  device.onLinks(showMade)
  return [madeList, pastList]
}

function drawItem(device: Device, launch: Launch, text: string): HTMLElement {
  return h(
    'button',
    { type: 'button', click: () => device.open(launch) },
    h('b', {}, launch.page === '' ? '首页' : launch.page),
    h('small', {}, text),
  )
}

/** Cards that were shared on any phone of this machine; a tap opens the mini-program on this phone. */
export function drawCards(device: Device): HTMLElement {
  const list = h('div', { class: 'buttons' })
  const show = () => {
    const cards = device.cards.list().map((card) => {
      const launch = { page: card.path, scene: CARD_SCENES[card.kind] }
      const open = () => device.open(launch)
      return h('button', { type: 'button', title: card.path, click: open }, `${card.title} · ${card.openid}`)
    })
    list.replaceChildren(...(cards.length > 0 ? cards : ['还没有转发过']))
  }
  show()
  device.cards.onChange(show)
  return h('fieldset', {}, h('legend', {}, '卡片（点一下打开）'), list)
}
