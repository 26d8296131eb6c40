import type { Language } from '../payload/payload.ts'

const MARK = '\uFEFF'
const SPACE_AND_COMMENTS = /(?:\s|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*/y
/** A semicolon, or the end of a line where the next one does not go on, as with `.create()`. */
const END = String.raw`[ \t]*(?:;|(?=(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*)?(?:\r?\n(?!\s*[.([?\x60])|$)))`
const DIRECTIVE = new RegExp(String.raw`(['"])[^'"\r\n]*\1${END}`, 'y')
/** `import x from 'x'`, `import 'x'`, over several lines too, and TypeScript's `import x = require('x')`. */
const IMPORT =
  /import\b(?!\s*[(.])(?:[^'";]*?\bfrom\s*)?(?:\s*(['"])[^'"\r\n]+\1|[^'";=]*=\s*require\s*\([^)]*\))[ \t]*;?/y
/** `const x = require('x')` and `require('x')`, on one line or with names in braces over several. */
const REQUIRE = new RegExp(
  String.raw`(?:(?:const|let|var)\s+(?:[\w$]+|\{[^}]*\})\s*=\s*)?require\s*\(\s*(['"])[^'"\r\n]+\1\s*\)(?:\.[\w$]+)?${END}`,
  'y',
)
const IMPORT_STATEMENT = /^[ \t]*(import\b(?!\s*[(.])|export\b)/m
/** Such as the line `// app.js` of WeChat's templates. */
const FILE_NAME_LINE = /\/\/[ \t]*app\.(?:js|ts)[ \t]*(?=\r?\n)/y

/** The two lines that start the login. */
export function startLines(text: string, language: Language, module: string): string {
  const end = hasSemicolons(text) ? ';' : ''
  const quote = usesDoubleQuotes(text) ? '"' : "'"
  const path = `${quote}./${module}${quote}`
  const isModule = language === 'ts' || IMPORT_STATEMENT.test(text)
  const load = isModule ? `import { installLogin } from ${path}` : `const { installLogin } = require(${path})`
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  return `${load}${end}${lineEnd}installLogin()${end}${lineEnd}`
}

/**
 * Puts the lines after the directives, imports and requires at the top of app.js, or first.
 * @returns the new text, and the inserted part
 */
export function addStart(text: string, startLines: string): { text: string; inserted: string } {
  const lineEnd = startLines.includes('\r\n') ? '\r\n' : '\n'
  const header = endOfHeader(text)
  const lines = wouldGoOn(text, header.offset) ? startLines.replace(/\(\)(?=\r?\n$)/, '();') : startLines
  if (header.isAfterStatement) {
    const inserted = lineEnd + lines.slice(0, -lineEnd.length)
    return { text: text.slice(0, header.offset) + inserted + text.slice(header.offset), inserted }
  }
  const rest = text.slice(header.offset)
  const inserted = rest === '' || /^\r?\n/.test(rest) ? lines : lines + lineEnd
  return { text: text.slice(0, header.offset) + inserted + rest, inserted }
}

/**
 * Takes the lines out again.
 * @returns undefined if they are not there, or not once
 */
export function takeStart(text: string, inserted: string): string | undefined {
  const first = text.indexOf(inserted)
  if (first < 0 || text.indexOf(inserted, first + 1) >= 0) return undefined
  return text.slice(0, first) + text.slice(first + inserted.length)
}

/** The place behind the last statement of the header and a comment on its line, else the first place for code. */
function endOfHeader(text: string): { offset: number; isAfterStatement: boolean } {
  const start = text.startsWith(MARK) ? MARK.length : 0
  let at = start
  let end: number | undefined
  for (;;) {
    at = after(SPACE_AND_COMMENTS, text, at) ?? at
    const next = after(DIRECTIVE, text, at) ?? after(IMPORT, text, at) ?? after(REQUIRE, text, at)
    if (next === undefined || next === at) break
    at = next
    end = after(/[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)?(?=\r?\n|$)/y, text, at) ?? at
  }
  if (end !== undefined) return { offset: end, isAfterStatement: true }
  const named = after(FILE_NAME_LINE, text, start)
  if (named === undefined) return { offset: start, isAfterStatement: false }
  return { offset: named + (text[named] === '\r' ? 2 : 1), isAfterStatement: false }
}

/** Whether the code from there on would continue a statement that has no semicolon, as `(function () {})()` does. */
function wouldGoOn(text: string, offset: number): boolean {
  const next = text.charAt(after(SPACE_AND_COMMENTS, text, offset) ?? offset)
  return next !== '' && '([`/+-'.includes(next)
}

function after(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  const found = pattern.exec(text)
  return found ? at + found[0].length : undefined
}

function hasSemicolons(text: string): boolean {
  return text.trim() === '' || /;[ \t]*(?:\/\/[^\r\n]*)?\r?$/m.test(text)
}

function usesDoubleQuotes(text: string): boolean {
  return text.split('"').length > text.split("'").length
}
