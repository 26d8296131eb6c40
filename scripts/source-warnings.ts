import { existsSync, readdirSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { Metafile } from 'esbuild'

interface Built {
  /** The folder of all functions. */
  source: string
  /** Folders that were built as functions. */
  names: readonly string[]
  metafile: Metafile
}

/** What a bundler does not mind and somebody who wrote it would want to know, in lines for people. */
export function sourceWarnings({ source, names, metafile }: Built): string[] {
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
  return [...others, ...twice, ...withoutMain(metafile)]
}

/** An ES module tells what it exports; what a CommonJS one does is known only once it runs. */
function withoutMain({ outputs }: Metafile): string[] {
  return Object.values(outputs).flatMap(({ entryPoint, exports }) =>
    entryPoint !== undefined && exports.length > 0 && !exports.includes('main')
      ? [`${entryPoint}: 没有导出 main，调用会失败 · does not export main, so every call fails`]
      : [],
  )
}
