import { type AppSource, mainPagesOf } from './app-config.ts'
import { lineOf } from './json-source.ts'
import type { Packages } from './packages.ts'

/** A finding in app.json. */
export interface Finding {
  line: number | undefined
  message: string
}

/**
 * Finds what WeChat's tools refuse in `subpackages`: a root that is no folder of the mini-program or is inside another
 * root, and a page of the main package or of the tab bar inside a subpackage.
 * @param files all files of the mini-program
 */
export function checkPackages(
  { source, text }: { source: AppSource; text: string },
  packages: Packages,
  files: readonly string[],
): Finding[] {
  const { subpackages } = packages
  const at = (...values: string[]) => lineOf(text, ...values)
  const roots = subpackages.flatMap(({ root }, index): Finding[] => {
    const line = at(root.replace(/\/$/, '')) ?? at(root)
    if (root === '' || !files.some((file) => file.startsWith(root))) {
      return [{ line, message: `subpackages[${index}].root 应为小程序里的目录：${root}` }]
    }
    const outer = subpackages.find((other) => other.root !== root && root.startsWith(other.root))
    return outer ? [{ line, message: `分包 ${root} 不能在分包 ${outer.root} 的目录里` }] : []
  })
  const mainPages = mainPagesOf(source).flatMap((page): Finding[] => {
    const around = packages.packageOf(page)
    return around
      ? [{ line: at('pages', page), message: `pages 里的 ${page} 不能在分包 ${around.root} 的目录里` }]
      : []
  })
  const list = Array.isArray(source.tabBar?.list) ? source.tabBar.list : []
  const tabs = list.flatMap(({ pagePath = '' }): Finding[] =>
    packages.packageOf(pagePath)
      ? [{ line: at('tabBar', pagePath), message: `tabBar 的页面 ${pagePath} 必须在主包里` }]
      : [],
  )
  return [...roots, ...mainPages, ...tabs]
}
