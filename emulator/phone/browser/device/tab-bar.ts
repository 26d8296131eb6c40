import type { TabBarConfig } from '../../program.ts'
import { h } from '../dom.ts'

/** The bar below the pages of a mini-program that has one. */
export class TabBar {
  readonly element = h('nav', { class: 'tab-bar', hidden: true })

  /** @param selected path of the tab's page, or undefined where no bar is to be seen */
  show(
    config: TabBarConfig | undefined,
    selected: string | undefined,
    onSelect: (path: string) => void,
  ): void {
    this.element.hidden = config === undefined || selected === undefined
    if (config === undefined) return
    this.element.style.background = config.backgroundColor ?? '#ffffff'
    this.element.replaceChildren(
      ...config.list.map(({ pagePath, text, iconPath, selectedIconPath }) => {
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
        )
      }),
    )
  }
}
