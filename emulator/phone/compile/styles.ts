import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import postcss, { CssSyntaxError, type Root } from 'postcss'
import type { Mistake } from '../program.ts'
import { translateUnits } from '../units.ts'
import { type MiniProgram, resolvePath } from './mini-program.ts'
import { type StyleOwner, translateSelector } from './selectors.ts'

/** All WXSS as one style sheet: the app's, then each page's and component's, confined to where it counts. */
export function compileStyles(program: MiniProgram, mistakes: Mistake[]): string {
  const sheets = [compileStyle(program, 'app', { kind: 'app' }, mistakes)]
  for (const [path, { isPage, styleScope }] of program.units) {
    const owner: StyleOwner = isPage ? { kind: 'page', path } : { kind: 'component', styleScope }
    sheets.push(compileStyle(program, path, owner, mistakes))
  }
  return sheets.filter((sheet) => sheet !== '').join('\n')
}

function compileStyle(
  { directory }: MiniProgram,
  path: string,
  owner: StyleOwner,
  mistakes: Mistake[],
): string {
  const file = `${path}.wxss`
  if (!existsSync(join(directory, file))) return ''
  const sheet = readStyle(directory, file, [], mistakes)
  sheet.walkDecls((declaration) => {
    declaration.value = translateUnits(declaration.value)
  })
  sheet.walkAtRules((rule) => {
    rule.params = translateUnits(rule.params)
  })
  sheet.walkRules((rule) => {
    if (rule.parent?.type === 'atrule' && /keyframes$/.test(rule.parent.name)) return
    try {
      rule.selector = translateSelector(rule.selector, owner)
    } catch (error) {
      const line = rule.source?.start?.line
      mistakes.push({ file, ...(line === undefined ? {} : { line }), message: (error as Error).message })
    }
  })
  return sheet.toString()
}

/** Puts imported sheets in the place of `@import`; each once in a chain, so that a circle ends. */
function readStyle(directory: string, file: string, chain: readonly string[], mistakes: Mistake[]): Root {
  let sheet: Root
  try {
    sheet = postcss.parse(readFileSync(join(directory, file), 'utf8'))
  } catch (error) {
    if (!(error instanceof CssSyntaxError)) throw error
    mistakes.push({ file, ...(error.line === undefined ? {} : { line: error.line }), message: error.reason })
    return postcss.root()
  }
  sheet.walkAtRules('import', (rule) => {
    const reference = /^(?:url\()?["']([^"']+)["']\)?$/.exec(rule.params.trim())?.[1] ?? ''
    const target = resolvePath(file, reference)
    if (!existsSync(join(directory, target))) {
      const line = rule.source?.start?.line
      mistakes.push({ file, ...(line === undefined ? {} : { line }), message: `${reference} 不存在` })
    } else if (!chain.includes(target)) {
      rule.before(readStyle(directory, target, [...chain, file], mistakes).nodes)
    }
    rule.remove()
  })
  return sheet
}
