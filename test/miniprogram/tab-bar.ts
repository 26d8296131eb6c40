import type { FileChanges, Phone } from 'wechat-cloud-emulator/testing'

interface AppJson {
  pages: string[]
  subPackages?: { root: string; pages: string[] }[]
  preloadRule?: object
  tabBar?: object
}

/** The mini-program with these pages in its tab bar, as another app may have them: all its pages are in the main package. */
export function withTabs(...tabs: string[]): FileChanges {
  return {
    'app.json': (text) => {
      const { subPackages = [], preloadRule: _packages, ...app } = JSON.parse(text) as AppJson
      const pages = subPackages.flatMap((part) => part.pages.map((page) => `${part.root}/${page}`))
      const list = tabs.map((pagePath) => ({ pagePath, text: nameOf(pagePath) }))
      return JSON.stringify({ ...app, pages: [...app.pages, ...pages], tabBar: { list } })
    },
  }
}

/** A tap on the tab bar. */
export function tapTab(phone: Phone, page: string): Promise<void> {
  return phone.tap(nameOf(page))
}

/** Not a word of any page. */
function nameOf(page: string): string {
  return `tab-${page.split('/').at(-1)}`
}
