import { existsSync, readdirSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'

interface Built {
  /** The folder of all functions. */
  source: string
  /** Folders that were built as functions. */
  names: readonly string[]
  /** Everything in their bundles, from the working directory. */
  inputs: Iterable<string>
  /** The bundle of a function. */
  code: (name: string) => string
}

/** Warnings about sources that the bundler accepts, a line each. */
export function sourceWarnings({ source, names, inputs, code }: Built): string[] {
  const used = new Set([...inputs].map((path) => relative(source, resolve(path)).split(sep)[0]))
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

/** Only the bundle of an ES module lists its exports; those of a CommonJS module are unknown until it runs. */
function withoutMain(code: string): boolean {
  const [, exported] = /^module\.exports = __toCommonJS\((\w+)\);$/m.exec(code) ?? []
  if (exported === undefined) return false
  const start = code.indexOf(`__export(${exported}, {`)
  const list = start < 0 ? '' : code.slice(start, code.indexOf('});', start))
  return !/^\s*main: \(\) =>/m.test(list) && !code.includes(`__reExport(${exported},`)
}
