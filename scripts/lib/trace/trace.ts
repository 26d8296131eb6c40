import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { join, relative, resolve } from 'node:path'

export interface TraceOptions {
  /** The folder with `<function>.js.map` of each function. */
  sourceMaps: string
  /** Places are named from here. */
  project: string
  /** The function whose log it is; by default the one that the text names, or the only one that the places fit. */
  functionName?: string
}

export interface Trace {
  /** The text with the places in the sources. */
  text: string
  /** How many places were replaced. */
  places: number
  /** What the reader must know of them, a line each. */
  warnings: readonly string[]
}

/** The text cannot be traced. The message says why, and what to do. */
export class TraceError extends Error {
  override readonly name = 'TraceError'
}

/** Such as `/var/user/index.js:1134:17`, with the folder of a function or without. */
const PLACE = /(?:(?:file:\/\/)?[^\s()'"]*?([^\s()'"/\\]*)[/\\])?\bindex\.js:(\d+):(\d+)/g
const FUNCTION = /\\?"function\\?":\s*\\?"([\w-]+)/
const BUILD = /\\?"build\\?":\s*\\?"([0-9a-f]{8})/

interface BuiltMap {
  buildId: string
  sources: SourceMap
}

/**
 * Replaces places in built functions by those in their sources: in a stack, and in the line that `serve()` logs.
 * @throws TraceError
 */
export function trace(text: string, options: TraceOptions): Trace {
  const maps = readMaps(options.sourceMaps)
  const { functionName } = options
  if (functionName !== undefined && !maps.has(functionName)) throw unknownFunction(functionName, maps)
  const warnings = new Set<string>()
  let places = 0
  let named = functionName ?? FUNCTION.exec(text)?.[1]
  let build: string | undefined
  const lines = text.split('\n').map((line) => {
    named = functionName ?? FUNCTION.exec(line)?.[1] ?? named
    build = BUILD.exec(line)?.[1] ?? build
    return line.replace(PLACE, (position, folder: string | undefined, row: string, column: string) => {
      const name = named ?? (folder !== undefined && maps.has(folder) ? folder : onlyFitting(text, maps))
      const map = maps.get(name)
      if (!map) throw unknownFunction(name, maps)
      if (build !== undefined && build !== map.buildId) {
        warnings.add(otherBuild(name, build, map.buildId))
        return position
      }
      if (build === undefined) warnings.add(assumedBuild(name, map.buildId))
      const origin = map.sources.findEntry(Number(row) - 1, Number(column) - 1)
      if (!('originalSource' in origin) || origin.generatedLine !== Number(row) - 1) return position
      places += 1
      const file = relative(options.project, resolve(options.sourceMaps, origin.originalSource))
      return `${file.replaceAll('\\', '/')}:${origin.originalLine + 1}:${origin.originalColumn + 1}`
    })
  })
  if (places === 0 && warnings.size === 0) throw new TraceError(NOTHING)
  return { text: lines.join('\n'), places, warnings: [...warnings] }
}

const NOTHING =
  '这段文字里没有 index.js:行:列 这样的位置 · the text has no place such as index.js:1134:17 of a built function'

const otherBuild = (name: string, logged: string, here: string) =>
  `${name}: 日志来自构建 ${logged}，这里是 ${here}：请检出部署时的提交，npm run build 后再试 · logged by build ${logged}, here is ${here}: check out the commit that was deployed, and build it`

const assumedBuild = (name: string, here: string) =>
  `${name}: 日志没有构建号，按这里的构建 ${here} 换算；部署的若是别的构建，位置不对 · without a build id: read as build ${here}, and wrong if another is deployed`

function unknownFunction(name: string, maps: ReadonlyMap<string, BuiltMap>): TraceError {
  return new TraceError(
    `没有云函数 ${name} 的源码映射，有 ${[...maps.keys()].join(', ')} · no source map of this function`,
  )
}

/** @throws TraceError unless the places of the text are where code begins in exactly one function */
function onlyFitting(text: string, maps: ReadonlyMap<string, BuiltMap>): string {
  const places = [...text.matchAll(PLACE)].map(([, , row, column]) => [Number(row), Number(column)] as const)
  const fitting = [...maps].filter(([, { sources }]) =>
    places.every(([row, column]) => {
      const entry = sources.findEntry(row - 1, column - 1)
      return (
        'generatedLine' in entry && entry.generatedLine === row - 1 && entry.generatedColumn === column - 1
      )
    }),
  )
  const [only] = fitting
  if (only && fitting.length === 1) return only[0]
  throw new TraceError(
    '看不出是哪个云函数：请加 --function 名字 · which function is it of? Add --function <name>',
  )
}

function readMaps(folder: string): ReadonlyMap<string, BuiltMap> {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.js.map')) : []
  if (files.length === 0) {
    throw new TraceError('还没有构建：请先 npm run build · nothing is built yet: npm run build')
  }
  return new Map(
    files.map((file) => {
      const payload = JSON.parse(readFileSync(join(folder, file), 'utf8')) as SourceMapPayload & {
        x_build_id: string
      }
      const map = { buildId: payload.x_build_id, sources: new SourceMap(payload) }
      return [file.slice(0, -'.js.map'.length), map] as const
    }),
  )
}
