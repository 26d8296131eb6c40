import { asynchronous, type WxApis, type WxContext } from './api.ts'
import type { Options } from './options.ts'

/** Changes of the tab bar. WeChat refuses them on a page without tabs. */
export function tabBarApis({ pages }: WxContext): WxApis {
  const changing = (name: string, change: (options: Options) => void) =>
    asynchronous(name, (options) => {
      if (!pages.isTabPage) throw new Error('not TabBar page')
      change(options)
      pages.refreshBar()
    })
  const { tabBar } = pages
  const indexOf = (options: Options) => options.number('index', -1)
  return {
    showTabBar: changing('showTabBar', () => {
      tabBar.isHidden = false
    }),
    hideTabBar: changing('hideTabBar', () => {
      tabBar.isHidden = true
    }),
    setTabBarItem: changing('setTabBarItem', (options) =>
      tabBar.changeItem(indexOf(options), given(options, ['text', 'iconPath', 'selectedIconPath'])),
    ),
    setTabBarStyle: changing('setTabBarStyle', (options) =>
      tabBar.changeStyle(given(options, ['color', 'selectedColor', 'backgroundColor'])),
    ),
    setTabBarBadge: changing('setTabBarBadge', (options) =>
      tabBar.mark(indexOf(options), { badge: shorten(options.text('text')) }),
    ),
    removeTabBarBadge: changing('removeTabBarBadge', (options) => tabBar.mark(indexOf(options), {})),
    showTabBarRedDot: changing('showTabBarRedDot', (options) =>
      tabBar.mark(indexOf(options), { redDot: true }),
    ),
    hideTabBarRedDot: changing('hideTabBarRedDot', (options) => tabBar.mark(indexOf(options), {})),
  }
}

/** Only the options that the call has. */
function given(options: Options, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.filter((name) => options.has(name)).map((name) => [name, options.text(name)]),
  )
}

/** WeChat shows four characters at most, then three dots. */
const shorten = (text: string) => (text.length > 4 ? '…' : text)
