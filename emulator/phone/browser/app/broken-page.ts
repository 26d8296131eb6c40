import type { Mistake } from '../../program.ts'
import { h } from '../dom.ts'
import { drawMistakes } from './mistakes.ts'
import type { EaselRoot, PageInstance } from './page.ts'

/** In place of a page that cannot be made: it opens, says why, and can be left like any other. */
export function brokenRoot(path: string, mistakes: readonly Mistake[]): EaselRoot {
  const element = h('wx-page' as 'div', {}, drawMistakes(`页面 ${path} 出错`, mistakes))
  const instance: PageInstance = { route: path, options: {}, is: path, data: {} }
  return {
    get: () => instance,
    getComponent: () => ({ getBackendElement: () => element, triggerPageLifetime() {} }),
    attach: (_: never, placeholder: never) => (placeholder as Element).replaceWith(element),
    release() {},
  }
}
