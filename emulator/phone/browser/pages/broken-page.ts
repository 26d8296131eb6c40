import type { Diagnostic } from '../../program/diagnostic.ts'
import { h } from '../base/dom.ts'
import { drawDiagnostics } from './diagnostics.ts'
import type { EaselRoot, PageInstance } from './page.ts'

/** The root of a page that cannot run: the page opens, lists its errors and can be left like any other. */
export function brokenRoot(path: string, errors: readonly Diagnostic[]): EaselRoot {
  const element = h('wx-page' as 'div', {}, drawDiagnostics(`页面 ${path} 出错`, errors))
  const instance: PageInstance = { route: path, options: {}, is: path, data: {} }
  return {
    get: () => instance,
    getComponent: () => ({ getBackendElement: () => element, triggerPageLifetime() {} }),
    attach: (_: never, placeholder: never) => (placeholder as Element).replaceWith(element),
    release() {},
  }
}
