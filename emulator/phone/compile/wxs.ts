import { Script } from 'node:vm'
import { type Diagnostic, describeDiagnostic } from '../program/diagnostic.ts'
import { diagnosticAt } from './diagnostics.ts'

/** A text, or a comment: what is inside is no code. */
const TEXT_OR_COMMENT = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|\/\/[^\n]*|\/\*[\s\S]*?\*\//g
/** A backslash that starts no escape sequence of JavaScript. */
const PLAIN_BACKSLASH = /\\(?:([^bfnrtv0-9xu'"\\\r\n])|([\s\S]))/g
/** Reserved in JavaScript but not in WXS, where they are names of variables; not as a member's name or a key. */
const WXS_NAME = /(?<![.\w$])(class|const|debugger|enum|export|extends|import|super|with)(?![\w$])/g

/**
 * Translates WXS for the phone: in WXS, `.constructor` is the name of the type, and a backslash that starts no escape
 * sequence is a character, so that `getRegExp('\d')` is the pattern `\d`.
 * @param typeName expression that replaces `constructor`
 */
export function translateWxs(source: string, typeName: string): string {
  let translated = ''
  let end = 0
  for (const { 0: part, index } of source.matchAll(TEXT_OR_COMMENT)) {
    const isText = part.startsWith('"') || part.startsWith("'")
    translated += translateCode(source.slice(end, index), typeName)
    translated += isText ? part.replace(PLAIN_BACKSLASH, (both, plain) => (plain ? `\\${both}` : both)) : part
    end = index + part.length
  }
  return translated + translateCode(source.slice(end), typeName)
}

/**
 * Renames variables that JavaScript does not allow, such as `class`, in a script that does not parse otherwise.
 * @returns the source itself if that is of no use
 */
export function renameReserved(source: string): string {
  if (parseError(source) === undefined) return source
  let renamed = ''
  let end = 0
  for (const { 0: part, index } of source.matchAll(TEXT_OR_COMMENT)) {
    renamed += renameIn(source.slice(end, index)) + part
    end = index + part.length
  }
  renamed += renameIn(source.slice(end))
  return parseError(renamed) === undefined ? renamed : source
}

const renameIn = (code: string) =>
  code.replace(WXS_NAME, (name, _name, at: number) => {
    const isKey = /[{,]\s*$/.test(code.slice(0, at)) && /^\s*:/.test(code.slice(at + name.length))
    return isKey ? name : `${name}_`
  })

function translateCode(code: string, typeName: string): string {
  return code.replace(/\.\s*constructor\b/g, `[${typeName}]`)
}

/** The syntax error of a script, if it has one. @param firstLine of the script in its file, from 0 */
export function findWxsError(file: string, source: string, firstLine = 0): Diagnostic | undefined {
  const error = parseError(source)
  if (!error) return undefined
  const line = /^script:(\d+)/.exec(error.stack ?? '')?.[1]
  return diagnosticAt(file, line === undefined ? undefined : Number(line) + firstLine, error.message)
}

function parseError(source: string): Error | undefined {
  try {
    // Parses the script without running it.
    new Script(`(function (require, exports, module) {${source}\n})`, { filename: 'script' })
    return undefined
  } catch (error) {
    return error as Error
  }
}

/** Replaces a script that has a syntax error. */
export function throwingWxs(error: Diagnostic): string {
  return `throw new Error(${JSON.stringify(describeDiagnostic(error))})`
}
