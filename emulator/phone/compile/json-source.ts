import { JsonError, parseJson } from '../../project/json-parser.ts'
import { type Diagnostics, diagnosticAt } from './diagnostics.ts'
import type { SourceFiles } from './source-files.ts'

/**
 * Reads a .json file of the mini-program. A syntax error is reported; comments and commas after a last element, which
 * WeChat's tools refuse, are noted.
 * @param affected path of the page, component or app that cannot run with a broken file
 * @returns an empty object for a missing or broken file
 */
export function readJson<Config extends object>(
  files: SourceFiles,
  file: string,
  { affected, diagnostics }: { affected: string; diagnostics: Diagnostics },
): { value: Config; text: string } {
  if (!files.has(file)) return { value: {} as Config, text: '' }
  const text = files.read(file)
  if (text.trim() === '') {
    diagnostics.addNote({ file, line: 1, message: '空文件不是 JSON，当作 {} · empty file' })
    return { value: {} as Config, text }
  }
  try {
    const { value, skipped } = parseJson(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new JsonError('应为 JSON 对象 · not a JSON object', 1)
    const [line] = skipped
    if (line !== undefined)
      diagnostics.addNote({
        file,
        line,
        message:
          'JSON 里的注释或多余的逗号，微信开发者工具不接受 · WeChat DevTools take no comment or trailing comma',
      })
    return { value: value as Config, text }
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    diagnostics.addError(diagnosticAt(file, error.line, error.message), [affected])
    return { value: {} as Config, text }
  }
}

/** A field of a .json file that should hold texts by name; other values are left out. */
export function textsByName(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return Object.fromEntries(entries)
}

/**
 * The line of a string in JSON text, the first line being 1.
 * @param values strings that occur in this order; the line is that of the last one
 * @returns undefined if they do not occur
 */
export function lineOf(text: string, ...values: readonly string[]): number | undefined {
  let position = 0
  for (const value of values) {
    position = text.indexOf(JSON.stringify(value), position)
    if (position < 0) return undefined
  }
  return text.slice(0, position).split('\n').length
}
