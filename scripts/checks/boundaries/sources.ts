import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { filesBelow } from '../../lib/files-below.ts'

/** Folders of packages, and of what builds write. */
const NOT_SOURCES = /^(node_modules|dist)$/

/** Source text by path, relative to the project and with `/`. */
export type Sources = ReadonlyMap<string, string>

/** One import of a file: the specifier, and whether it is a statement-level `import type`. */
export interface Import {
  specifier: string
  isType: boolean
}

/** Reads every TypeScript file of these folders. */
export function readSources(root: string, folders: readonly string[]): Sources {
  const files = folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => filesBelow(join(root, folder), NOT_SOURCES).map((file) => `${folder}/${file}`))
    .filter((file) => /\.tsx?$/.test(file))
  return new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
}

const IMPORT = /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm
const DYNAMIC_IMPORT = /\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g

/** Every import, re-export, `import()` and `require()` of a file. */
export function importsOf(text: string): Import[] {
  const statements = [...text.matchAll(IMPORT)].map(([, type, specifier = '']) => ({
    specifier,
    isType: type !== undefined,
  }))
  const calls = [...text.matchAll(DYNAMIC_IMPORT)].map(([, specifier = '']) => ({ specifier, isType: false }))
  return [...statements, ...calls]
}

/** The imported file, or the path as written if there is none; undefined for a package. */
export function resolveImport(from: string, specifier: string, sources: Sources): string | undefined {
  if (!specifier.startsWith('.')) return undefined
  const path = normalize(join(dirname(from), specifier)).replaceAll('\\', '/')
  const candidates = [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`]
  return candidates.find((candidate) => sources.has(candidate)) ?? path
}
