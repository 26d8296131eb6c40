import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'

/** One import of a file: what it names, and whether it is a statement-level `import type`. */
interface Import {
  specifier: string
  isType: boolean
}

/** Source text by path, relative to the project and with `/`. */
export type Sources = ReadonlyMap<string, string>

const ROOMS = ['contract', 'cloudfunctions', 'miniprogram', 'emulator', 'scripts', 'bench', 'test']

/** Where the code of each room may reach. `type` stands for statement-level `import type` only. */
interface Rule {
  room: RegExp
  may: readonly RegExp[]
  mayType: readonly RegExp[]
  /** Packages it may import, `node:` modules included; undefined for all. */
  packages?: readonly RegExp[]
}

const CONTRACT = /^contract\//
const RULES: readonly Rule[] = [
  // Tests may reach anywhere.
  { room: /\.test\.ts$|^(test|bench)\//, may: [/./], mayType: [/./] },
  { room: CONTRACT, may: [], mayType: [CONTRACT], packages: [] },
  {
    room: /^cloudfunctions\/shared\//,
    may: [/^cloudfunctions\/shared\//],
    mayType: [CONTRACT],
    packages: [/^node:/, /^(wx-server-sdk|jsonwebtoken|valibot)$/],
  },
  {
    room: /^cloudfunctions\/(?<own>[^/]+)\//,
    may: [/^cloudfunctions\/shared\//, /^cloudfunctions\/<own>\//],
    mayType: [CONTRACT],
    packages: [/^node:/, /^(wx-server-sdk|jsonwebtoken|valibot)$/],
  },
  {
    room: /^miniprogram\/utils\//,
    may: [/^miniprogram\/utils\//],
    mayType: [CONTRACT],
    packages: [],
  },
  {
    room: /^miniprogram\/services\//,
    may: [/^miniprogram\/(services|utils)\//],
    mayType: [CONTRACT],
    packages: [],
  },
  {
    room: /^miniprogram\/components\//,
    may: [/^miniprogram\/(components|services|utils)\//],
    mayType: [],
    packages: [],
  },
  {
    room: /^miniprogram\//,
    may: [/^miniprogram\/(pages|components|services|utils)\//],
    mayType: [],
    packages: [],
  },
  { room: /^emulator\/cloud\//, may: [/^emulator\/cloud\//], mayType: [CONTRACT] },
  { room: /^emulator\//, may: [/^emulator\//], mayType: [CONTRACT] },
  // A script that makes what functions read (tokens, secrets) makes it with the functions' own code.
  { room: /^scripts\//, may: [/^(scripts|emulator|cloudfunctions\/shared)\//], mayType: [CONTRACT] },
]

/** Reads every TypeScript file of the project's rooms. */
export function readSources(root: string): Sources {
  const sources = new Map<string, string>()
  for (const room of ROOMS) {
    for (const path of filesBelow(join(root, room))) {
      sources.set(relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8'))
    }
  }
  return sources
}

/** One line for each import that breaks a rule and for each circle; none when all is well. */
export function findViolations(sources: Sources): string[] {
  const graph = new Map<string, string[]>()
  const violations: string[] = []
  for (const [file, text] of sources) {
    const targets: string[] = []
    for (const imported of importsOf(text)) {
      const target = resolve(file, imported.specifier, sources)
      if (target) targets.push(target)
      const complaint = complain(file, imported, target)
      if (complaint) violations.push(`${file}: ${complaint}`)
    }
    graph.set(file, targets)
  }
  return [...violations, ...findCircles(graph)]
}

const IMPORT = /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm
const DYNAMIC_IMPORT = /\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g

function importsOf(text: string): Import[] {
  const statements = [...text.matchAll(IMPORT)].map(([, type, specifier = '']) => ({
    specifier,
    isType: type !== undefined,
  }))
  const calls = [...text.matchAll(DYNAMIC_IMPORT)].map(([, specifier = '']) => ({ specifier, isType: false }))
  return [...statements, ...calls]
}

function resolve(from: string, specifier: string, sources: Sources): string | undefined {
  if (!specifier.startsWith('.')) return undefined
  const path = normalize(join(dirname(from), specifier)).replaceAll('\\', '/')
  return (
    [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find((candidate) => sources.has(candidate)) ??
    path
  )
}

function complain(file: string, imported: Import, target: string | undefined): string | undefined {
  const rule = RULES.find((candidate) => candidate.room.test(file))
  if (!rule) return 'stands in no room of the layout'
  if (target === undefined) {
    const allowed = rule.packages?.some((pattern) => pattern.test(imported.specifier)) ?? true
    return allowed ? undefined : `may not import the package ${imported.specifier}`
  }
  const own = rule.room.exec(file)?.groups?.['own'] ?? ''
  const reaches = (patterns: readonly RegExp[]) =>
    patterns.some((pattern) => new RegExp(pattern.source.replace('<own>', own)).test(target))
  if (reaches(rule.may)) return undefined
  if (!reaches(rule.mayType)) return `may not import ${target}`
  return imported.isType ? undefined : `may import ${target} by a statement-level \`import type\` only`
}

function findCircles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const circles: string[] = []
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file)
    if (start >= 0) {
      circles.push(`circle: ${[...path.slice(start), file].join(' → ')}`)
      return
    }
    if (done.has(file)) return
    for (const target of graph.get(file) ?? []) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of graph.keys()) visit(file, [])
  return circles
}

function filesBelow(directory: string): string[] {
  let entries: ReturnType<typeof list>
  try {
    entries = list(directory)
  } catch {
    return []
  }
  return entries.flatMap((entry) => {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) return filesBelow(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

function list(directory: string) {
  return readdirSync(directory, { withFileTypes: true })
}
