import { readFileSync, statSync } from 'node:fs'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A place in a source, counted from 1. */
export interface Origin {
  /** Absolute, unless the source has no file. */
  file: string
  line: number
  column: number
  /** The source's text, if the map has it. */
  content?: string
}

interface ReadMap {
  map: SourceMap
  /** Each source's file and text by its name in the map. */
  sources: ReadonlyMap<string, Pick<Origin, 'file' | 'content'>>
}

const MARK = 'sourceMappingURL='

/** The source maps of compiled files: those that a file has in itself, names, or has beside it as `<file>.map`. */
export class SourceMaps {
  readonly #read = new Map<string, { version: number; map: ReadMap | undefined }>()

  /** @returns undefined for a file without a map, or a place that the map does not know */
  originOf(file: string, line: number, column: number): Origin | undefined {
    const read = this.#mapOf(file)
    const entry = read?.map.findEntry(line - 1, column - 1)
    if (!read || !entry || !('originalSource' in entry) || entry.originalSource === undefined)
      return undefined
    if (entry.generatedLine !== line - 1) return undefined
    const source = read.sources.get(entry.originalSource)
    return source && { ...source, line: entry.originalLine + 1, column: entry.originalColumn + 1 }
  }

  hasMap(file: string): boolean {
    return this.#mapOf(file) !== undefined
  }

  #mapOf(file: string): ReadMap | undefined {
    const version = statSync(file, { throwIfNoEntry: false })?.mtimeMs
    if (version === undefined) return undefined
    const known = this.#read.get(file)
    if (known?.version === version) return known.map
    const map = readMap(file)
    this.#read.set(file, { version, map })
    return map
  }
}

/** A map that is missing or broken is none: the places of the compiled file are then shown. */
function readMap(file: string): ReadMap | undefined {
  try {
    const { text, directory } = textOfMap(file)
    return parseMap(text, directory)
  } catch {
    return undefined
  }
}

/** @param directory from which the map's names count */
function parseMap(text: string, directory: string): ReadMap {
  const payload = JSON.parse(text.replace(/^\)\]\}'.*/, '')) as SourceMapPayload
  const contents: readonly (string | null)[] = payload.sourcesContent ?? []
  const sources = new Map(
    payload.sources.map((name, index) => {
      const content = contents[index] ?? undefined
      const file = fileOf(name, payload.sourceRoot ?? '', directory)
      return [name, { file, ...(content === undefined ? {} : { content }) }] as const
    }),
  )
  return { map: new SourceMap(payload), sources }
}

function textOfMap(file: string): { text: string; directory: string } {
  const url = namedMap(readFileSync(file, 'utf8')) ?? `${encodeURI(file)}.map`
  const [, isBase64, data] = /^data:[^,]*?(;base64)?,(.*)$/s.exec(url) ?? []
  if (data !== undefined) {
    const text = isBase64 ? Buffer.from(data, 'base64').toString() : decodeURIComponent(data)
    return { text, directory: dirname(file) }
  }
  const map = url.startsWith('file:') ? fileURLToPath(url) : resolve(dirname(file), decodeURI(url))
  return { text: readFileSync(map, 'utf8'), directory: dirname(map) }
}

/** The address in the comment at the end of the code. */
function namedMap(code: string): string | undefined {
  const at = code.lastIndexOf(MARK)
  if (at < 0 || !/\/[/*][#@] $/.test(code.slice(Math.max(0, at - 4), at))) return undefined
  const [, url] = /^(\S+?)(?:\s*\*\/)?\s*$/.exec(code.slice(at + MARK.length)) ?? []
  return url
}

/** The file of a source. A bundler's own address, such as `webpack://app/./src/a.ts`, is its path. */
function fileOf(name: string, root: string, directory: string): string {
  if (name.startsWith('file:')) return fileURLToPath(name)
  const [, path] = /^[a-z][\w+.-]+:\/\/[^/]*\/(.*)$/i.exec(name) ?? []
  if (path !== undefined) return path.replace(/^\.\//, '').replace(/\?.*$/, '')
  if (isAbsolute(name)) return name
  const base = root.startsWith('file:') ? fileURLToPath(root) : resolve(directory, root)
  return join(base, name)
}
