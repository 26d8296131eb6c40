import type { SourceExcerpt } from './invocation.ts'

/** Lines above and below the place. */
const CONTEXT_LINES = 3
const MAXIMUM_COLUMNS = 200

/** @param line counted from 1 @returns the lines around it; undefined if the text has no such line */
export function excerptAround(text: string, line: number): SourceExcerpt | undefined {
  const all = text.split(/\r?\n/)
  if (line > all.length) return undefined
  const firstLine = Math.max(1, line - CONTEXT_LINES)
  const lines = all.slice(firstLine - 1, line + CONTEXT_LINES)
  return { firstLine, lines: lines.map((text) => text.slice(0, MAXIMUM_COLUMNS)) }
}
