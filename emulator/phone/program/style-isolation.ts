/**
 * `styleIsolation` of a page that does without the app's styles (在这个页面禁用 app.wxss).
 * Source: https://developers.weixin.qq.com/miniprogram/dev/framework/custom-component/wxml-wxss.html
 */
export type PageIsolation = 'page-isolated' | 'page-apply-shared' | 'page-shared'

const PAGE_ISOLATIONS: readonly unknown[] = ['page-isolated', 'page-apply-shared', 'page-shared']

/** Any other value leaves a page as pages are by default: with the app's styles, and open to shared components. */
export function isPageIsolation(value: unknown): value is PageIsolation {
  return PAGE_ISOLATIONS.includes(value)
}

/** Whether the classes in the style sheet of a page or component apply to that page or component alone. */
export function isScoped(isPage: boolean, styleIsolation: unknown): boolean {
  if (!isPage) return styleIsolation !== 'shared'
  return styleIsolation === 'page-isolated' || styleIsolation === 'page-apply-shared'
}
