import type { TabBarConfig } from '../../program/program.ts'
import { h } from '../base/dom.ts'

interface TabItem {
  pagePath: string
  text: string
  iconPath?: string
  selectedIconPath?: string
  badge?: string
  redDot?: boolean
}

/** The tab bar below the pages. */
export class TabBar {
  readonly element = h('nav', { class: 'tab-bar', hidden: true })

  /** @param selected path of the tab's page; undefined hides the bar */
  show(
    config: (Omit<TabBarConfig, 'list'> & { list: TabItem[] }) | undefined,
    selected: string | undefined,
    onSelect: (path: string) => void,
  ): void {
    this.element.hidden = config === undefined || selected === undefined
    if (config === undefined) return
    this.element.style.background = config.backgroundColor ?? '#ffffff'
    this.element.replaceChildren(
      ...config.list.map(({ pagePath, text, iconPath, selectedIconPath, badge, redDot }) => {
        const isSelected = pagePath === selected
        const icon = (isSelected && selectedIconPath) || iconPath
        const color =
          (isSelected ? config.selectedColor : config.color) ?? (isSelected ? '#07c160' : '#666666')
        return h(
          'button',
          {
            type: 'button',
            style: `color: ${CSS.supports('color', color) ? color : 'inherit'}`,
            'aria-current': isSelected ? 'page' : undefined,
            click: () => onSelect(pagePath),
          },
          icon !== undefined && h('img', { src: `/phone/assets/${icon.replace(/^\//, '')}`, alt: '' }),
          h('span', {}, text),
          badge !== undefined && h('b', { class: 'tab-badge' }, badge),
          redDot === true && h('b', { class: 'tab-dot', role: 'img', 'aria-label': '红点' }),
        )
      }),
    )
  }
}
