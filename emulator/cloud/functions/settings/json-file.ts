import { readFileSync, statSync } from 'node:fs'
import type { Note } from '../../../control/note.ts'

export type Json = Readonly<Record<string, unknown>>

export interface JsonFile {
  /** Empty for a file that is missing or broken. */
  value: Json
  text: string
  /** Says where the file is broken. */
  notes: readonly Note[]
}

const MISSING: JsonFile = { value: {}, text: '', notes: [] }

/** Reads JSON files, each again only when it has changed. */
export class JsonFiles {
  readonly #known = new Map<string, { changedAt: number; size: number; content: JsonFile }>()

  /** @param file absolute path */
  read(file: string): JsonFile {
    const stat = statSync(file, { throwIfNoEntry: false })
    if (!stat?.isFile()) return MISSING
    const known = this.#known.get(file)
    if (known?.changedAt === stat.mtimeMs && known.size === stat.size) return known.content
    const content = parse(file, readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
    this.#known.set(file, { changedAt: stat.mtimeMs, size: stat.size, content })
    return content
  }
}

function parse(file: string, text: string): JsonFile {
  try {
    const value: unknown = JSON.parse(text)
    if (isJson(value)) return { value, text, notes: [] }
    return {
      ...MISSING,
      text,
      notes: [{ file, line: 1, message: '应当是一个 JSON 对象 · is no JSON object' }],
    }
  } catch (error) {
    const { message } = error as Error
    const line = lineOfSyntaxError(text, message)
    return { ...MISSING, text, notes: [{ file, line, message: `不是 JSON，这个文件不起作用 · ${message}` }] }
  }
}

/** V8 names the position, except at the end of the text and, before Node 22, for some mistakes. */
function lineOfSyntaxError(text: string, message: string): number {
  const position = /at position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return lineAt(text, Number(position))
  const excerpt = /^Unexpected token .*?, (?:\.\.\.)?"([\s\S]*?)"(?:\.\.\.)? is not valid JSON$/.exec(
    message,
  )?.[1]
  const start = excerpt === undefined ? -1 : text.indexOf(excerpt)
  return lineAt(text, start < 0 ? text.trimEnd().length : start + Math.min(10, excerpt?.length ?? 0))
}

/** @returns the line of the first occurrence of a text, the first line being 1; undefined if it does not occur */
export function lineOf(text: string, searched: string): number | undefined {
  const position = text.indexOf(searched)
  return position < 0 ? undefined : lineAt(text, position)
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
