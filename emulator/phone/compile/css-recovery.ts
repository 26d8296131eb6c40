import postcss, { CssSyntaxError, type Root } from 'postcss'

/** A statement of a sheet: a rule, an at-rule, or what is no CSS. */
interface Statement {
  text: string
  /** The first line is 1. */
  line: number
}

export interface CssReport {
  error(line: number | undefined, reason: string): void
  /** What WeChat tolerates. */
  note(line: number | undefined, message: string): void
}

/**
 * Parses CSS as a browser does: what is wrong is left out, and what follows applies.
 * @param report gets the line and the reason of each error, and each comment of an unknown form
 */
export function parseCss(css: string, report: CssReport): Root {
  const strict = parseStrictly(css)
  if (!(strict instanceof CssSyntaxError)) return strict
  const root = postcss.root()
  for (const { text, line } of splitStatements(css)) {
    const before = '\n'.repeat(line - 1)
    const parsed = parseStrictly(before + text)
    if (!(parsed instanceof CssSyntaxError)) root.append(parsed.nodes)
    else {
      if (isWrongByComments(text)) report.note(parsed.line, 'WXSS 没有 // 注释：它和它后面的一条样式都无效')
      else report.error(parsed.line, parsed.reason)
      const repaired = parseStrictly(before + withoutBrokenDeclarations(text))
      if (!(repaired instanceof CssSyntaxError)) root.append(repaired.nodes)
    }
  }
  return root
}

function parseStrictly(css: string): Root | CssSyntaxError {
  try {
    return postcss.parse(css)
  } catch (error) {
    if (error instanceof CssSyntaxError) return error
    throw error
  }
}

/** Whether a statement would be right without its `// comments`, which WXSS does not have. */
function isWrongByComments(statement: string): boolean {
  const without = statement.replace(/(^|[\s;{}])\/\/.*/g, '$1')
  return without !== statement && !(parseStrictly(without) instanceof CssSyntaxError)
}

/** Splits a sheet where a block ends, and at semicolons outside of blocks. */
function splitStatements(css: string): Statement[] {
  const statements: Statement[] = []
  const tokens = /\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|[{};]/g
  let [start, depth] = [0, 0]
  const end = (position: number) => {
    const text = css.slice(start, position)
    const before = css.slice(0, start + (text.length - text.trimStart().length))
    if (text.trim() !== '') statements.push({ text: text.trim(), line: before.split('\n').length })
    start = position
  }
  for (const { 0: token, index } of css.matchAll(tokens)) {
    if (token === '{') depth += 1
    else if (token === '}') depth = Math.max(0, depth - 1)
    if (depth === 0 && (token === '}' || token === ';')) end(index + 1)
  }
  end(css.length)
  return statements
}

/** A rule without the declarations that are none; empty for anything else. */
function withoutBrokenDeclarations(rule: string): string {
  const [, selector, body] = /^([^{}]+)\{([^{}]*)\}$/.exec(rule) ?? []
  if (selector === undefined || body === undefined) return ''
  const declarations = body
    .split(';')
    .filter((text) => text.trim() !== '' && !(parseStrictly(`a {${text}}`) instanceof CssSyntaxError))
  return `${selector}{${declarations.join(';')}}`
}
