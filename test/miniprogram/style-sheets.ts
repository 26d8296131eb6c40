import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { projectPath } from '../../scripts/lib/project.ts'

const ROOT = projectPath('miniprogram')

/**
 * Paths of the sheets that style a page or component: its own and the app's, with what they import. The app's do not
 * reach into components without `apply-shared`, nor onto pages with `page-isolated`.
 * @param wxml its template, below miniprogram/
 */
export function sheetsOf(wxml: string): string[] {
  const sheet = wxml.replace(/wxml$/, 'wxss')
  const { component, styleIsolation } = JSON.parse(
    readFileSync(join(ROOT, wxml.replace(/wxml$/, 'json')), 'utf8'),
  )
  const isAlone = component === true ? styleIsolation !== 'apply-shared' : styleIsolation === 'page-isolated'
  return (isAlone ? [sheet] : ['app.wxss', sheet]).flatMap(withImports)
}

function withImports(path: string): string[] {
  if (!existsSync(join(ROOT, path))) return []
  const imports = readFileSync(join(ROOT, path), 'utf8').matchAll(/@import\s+["']([^"']+)["']/g)
  return [...[...imports].flatMap(([, target = '']) => withImports(join(dirname(path), target))), path]
}
