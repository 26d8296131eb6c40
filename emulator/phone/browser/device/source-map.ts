import type { SourceExcerpt, SourcePlace } from '../../../control/invocation.ts'
import { excerptAround } from '../../../control/source-excerpt.ts'
import { readNumbers } from '../../program/vlq.ts'

interface SourceMap {
  sources: string[]
  sourcesContent?: (string | null)[]
  mappings: string
}

/** A map of several: each begins at a line of the script, from 0. */
interface IndexMap {
  sections: { offset: { line: number }; map: SourceMap }[]
}

/** Where a column of a line of the script comes from. */
interface Segment {
  column: number
  file: string
  content: string
  /** From 1; absent where only the file is known. */
  line?: number
  sourceColumn: number
}

export interface LocatedStack {
  /** With positions in the sources instead of the script, and without the phone's own code. */
  text: string
  /** The innermost first. */
  places: SourcePlace[]
  /** The lines around the first place. */
  excerpt?: SourceExcerpt
}

/** By the edition of the script: the phone outlives many, since each change of the sources loads another. */
const maps = new Map<string, Promise<Segment[][]>>()

/** The lines of an edition of the script; none where the server has it no more. */
async function linesOf(edition: string): Promise<Segment[][]> {
  const known = maps.get(edition) ?? fetchMap(edition)
  maps.set(edition, known)
  try {
    return await known
  } catch {
    maps.delete(edition)
    return []
  }
}

async function fetchMap(edition: string): Promise<Segment[][]> {
  const response = await fetch(`/phone/script.js.map?v=${encodeURIComponent(edition)}`)
  if (!response.ok) throw new Error(`${response.status}`)
  return readSections(await response.json())
}

/** The edition that an address of the script names. */
const EDITION = /\/phone\/script\.js\?v=([\w-]+)/

/** A text without the editions of the phone's scripts, which mean nothing to a reader. */
export function withoutEditions(text: string): string {
  return text.replace(/(\/phone\/\w+\.js)\?v=[\w-]+/g, '$1')
}

/**
 * Finds the positions of a stack in the mini-program's sources, as they were when the script was built. Without a source map
 * the stack stays as it is.
 * @param original with the editions of the scripts
 */
export async function locateInSources(original: string): Promise<LocatedStack> {
  const stack = withoutEditions(original)
  const [, edition = ''] = EDITION.exec(original) ?? []
  const lines = await linesOf(edition)
  if (lines.length === 0) return { text: stack, places: [] }
  const places: SourcePlace[] = []
  let first: Segment | undefined
  const text = stack
    .replace(/\n[^\n]*\/phone\/phone\.js[^\n]*/g, '')
    // The phone's classes have no names that say anything.
    .replace(/\bat (async )?\w{1,2}\.([\w$]+) \(/g, 'at $1$2 (')
    .replace(
      /(?:\bat (?:async )?(?:(\S+) \()?)?https?:[^\s()]*\/phone\/script\.js:(\d+)(?::(\d+))?/g,
      (position, name: string | undefined, row: string, column = '1') => {
        const found = segmentAt(lines[Number(row) - 1] ?? [], Number(column) - 1)
        if (!found) return position
        const { file, line, sourceColumn } = found
        const where = line === undefined ? file : `${file}:${line}`
        if (line !== undefined) {
          first ??= found
          const functionName = name === undefined || isNameless(name) ? {} : { functionName: name }
          places.push({ file, line, column: sourceColumn, ...functionName })
        }
        return position.replace(/https?:.*/, where)
      },
    )
  const excerpt = first && first.content !== '' ? excerptAround(first.content, first.line ?? 1) : undefined
  return { text, places, ...(excerpt ? { excerpt } : {}) }
}

/** Names that the compilers made. */
const isNameless = (name: string) => name.length < 3 || name.includes('<')

/** The last one that begins at the column or before, or else the first. */
function segmentAt(segments: readonly Segment[], column: number): Segment | undefined {
  return segments.findLast((segment) => segment.column <= column) ?? segments[0]
}

function readSections({ sections }: IndexMap): Segment[][] {
  const lines: Segment[][] = []
  for (const { offset, map } of sections) {
    for (const [index, segments] of readLines(map).entries()) lines[offset.line + index] = segments
  }
  return lines
}

/** The segments of each line of a script. A line without one has the last of the lines before. */
function readLines({ sources, sourcesContent, mappings }: SourceMap): Segment[][] {
  let [source, sourceLine, sourceColumn] = [0, 0, 0]
  let last: Segment | undefined
  return mappings.split(';').map((text) => {
    const segments: Segment[] = []
    let column = 0
    for (const part of text.split(',')) {
      const [columnStep = 0, sourceStep, lineStep, sourceColumnStep = 0, name] = readNumbers(part)
      column += columnStep
      if (sourceStep === undefined || lineStep === undefined) continue
      source += sourceStep
      sourceLine += lineStep
      sourceColumn += sourceColumnStep
      last = {
        column,
        file: sources[source] ?? '',
        content: withoutPrefix(sourcesContent?.[source] ?? ''),
        sourceColumn: sourceColumn + 1,
        ...(isUnknown(sources[source], name) ? {} : { line: sourceLine + 1 }),
      }
      segments.push(last)
    }
    return segments.length > 0 || !last ? segments : [last]
  })
}

/** Scripts have names in their maps; in those of templates a name marks a segment that knows its file alone. */
const isUnknown = (file: string | undefined, name: number | undefined) =>
  name !== undefined && file?.endsWith('.wxml') === true

/** What the compiler puts before a script. */
const withoutPrefix = (source: string) => source.replace(/^"use strict";/, '')
