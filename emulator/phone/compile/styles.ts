import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import postcss, { CssSyntaxError, type Root } from 'postcss'
import { translateUnits } from '../units.ts'
import { type Diagnostics, mistakeAt } from './diagnostics.ts'
import type { MiniProgram } from './mini-program.ts'
import { candidatesOf } from './references.ts'
import { type StyleOwner, translateSelector } from './selectors.ts'

/** All WXSS as one style sheet: the app's, then each page's and component's, confined to where it counts. */
export function compileStyles(program: MiniProgram, diagnostics: Diagnostics): string {
  const sheets = [compileStyle(program, 'app', { kind: 'app' }, diagnostics)]
  for (const [path, { isPage, styleScope }] of program.units) {
    const owner: StyleOwner = isPage ? { kind: 'page', path } : { kind: 'component', styleScope }
    sheets.push(compileStyle(program, path, owner, diagnostics))
  }
  return sheets.filter((sheet) => sheet !== '').join('\n')
}

function compileStyle(
  { directory }: MiniProgram,
  path: string,
  owner: StyleOwner,
  diagnostics: Diagnostics,
): string {
  const file = `${path}.wxss`
  if (!existsSync(join(directory, file))) return ''
  const sheet = readStyle({ directory, path, diagnostics }, file, [])
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
      diagnostics.add(mistakeAt(file, rule.source?.start?.line, (error as Error).message), [path])
    }
  })
  return sheet.toString()
}

/** Puts imported sheets in the place of `@import`; each once in a chain, so that a circle ends. */
function readStyle(
  unit: { directory: string; path: string; diagnostics: Diagnostics },
  file: string,
  chain: readonly string[],
): Root {
  const { directory, path, diagnostics } = unit
  let sheet: Root
  try {
    sheet = postcss.parse(readFileSync(join(directory, file), 'utf8'))
  } catch (error) {
    if (!(error instanceof CssSyntaxError)) throw error
    diagnostics.add(mistakeAt(file, error.line, error.reason), [path])
    return postcss.root()
  }
  sheet.walkAtRules('import', (rule) => {
    const reference = /^(?:url\()?["']([^"']+)["']\)?$/.exec(rule.params.trim())?.[1] ?? ''
    const target = candidatesOf(file, reference).find((name) => existsSync(join(directory, name)))
    if (target === undefined) {
      diagnostics.add(mistakeAt(file, rule.source?.start?.line, `${reference} 不存在`), [path])
    } else if (!chain.includes(target)) {
      rule.before(readStyle(unit, target, [...chain, file]).nodes)
    }
    rule.remove()
  })
  return sheet
}
