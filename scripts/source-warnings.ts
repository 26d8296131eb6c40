import { existsSync, readdirSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { Metafile } from 'esbuild'

interface Built {
  /** The folder of all functions. */
  source: string
  /** Folders that were built as functions. */
  names: readonly string[]
  metafile: Metafile
  /** The bundle of a function. */
  code: (name: string) => string
}

/** What a bundler does not mind and somebody who wrote it would want to know, in lines for people. */
export function sourceWarnings({ source, names, metafile, code }: Built): string[] {
  const used = new Set(
    Object.keys(metafile.inputs).map((path) => relative(source, resolve(path)).split(sep)[0]),
  )
  const shown = (name: string) => relative('.', join(source, name)).replaceAll(sep, '/')
  const folders = readdirSync(source, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map(({ name }) => name)
  const others = folders
    .filter((name) => !names.includes(name) && !used.has(name))
    .map(
      (name) =>
        `${shown(name)}/: 没有 index.ts 或 index.js，没有当作云函数 · no index.ts or index.js, so it is no function`,
    )
  const twice = names
    .filter(
      (name) => existsSync(join(source, name, 'index.ts')) && existsSync(join(source, name, 'index.js')),
    )
    .map(
      (name) =>
        `${shown(name)}/: 同时有 index.ts 和 index.js，用的是 index.ts · index.ts goes before index.js`,
    )
  const mute = names
    .filter((name) => withoutMain(code(name)))
    .map((name) => `${shown(name)}/: 没有导出 main，调用会失败 · does not export main, so every call fails`)
  return [...others, ...twice, ...mute]
}

/** What a CommonJS module exports is known only once it runs; an ES module's bundle lists it in its own head. */
function withoutMain(code: string): boolean {
  const [, exported] = /^module\.exports = __toCommonJS\((\w+)\);$/m.exec(code) ?? []
  if (exported === undefined) return false
  const start = code.indexOf(`__export(${exported}, {`)
  const list = start < 0 ? '' : code.slice(start, code.indexOf('});', start))
  return !/^\s*main: \(\) =>/m.test(list) && !code.includes(`__reExport(${exported},`)
}
