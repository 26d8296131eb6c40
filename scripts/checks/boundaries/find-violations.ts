import { findCycles, folderGraphs } from './cycles.ts'
import { RULES } from './import-rules.ts'
import { type Import, importsOf, resolveImport, type Sources } from './sources.ts'

/**
 * One line for each import that breaks a rule, for each cycle of files and for each cycle of folders. Imports of types
 * count for cycles too, because a reader has to follow them as well. Tests next to the code do not count for cycles of
 * folders.
 */
export function findViolations(sources: Sources): string[] {
  const graph = new Map<string, string[]>()
  const violations: string[] = []
  for (const [file, text] of sources) {
    const targets: string[] = []
    for (const imported of importsOf(text)) {
      const target = resolveImport(file, imported.specifier, sources)
      if (target) targets.push(target)
      const violation = describeViolation(file, imported, target)
      if (violation) violations.push(`${file}: ${violation}`)
    }
    graph.set(file, targets)
  }
  const fileCycles = findCycles(graph).map((cycle) => `cycle of files: ${cycle.join(' → ')}`)
  return [...violations, ...fileCycles, ...findFolderCycles(graph)]
}

function describeViolation(file: string, imported: Import, target: string | undefined): string | undefined {
  const rule = RULES.find((candidate) => candidate.files.test(file))
  if (!rule) return 'is in a folder without a rule'
  if (target === undefined) {
    const allowed = rule.packages?.some((pattern) => pattern.test(imported.specifier)) ?? true
    return allowed ? undefined : `may not import the package ${imported.specifier}`
  }
  const folder = rule.files.exec(file)?.groups?.['folder'] ?? ''
  const reaches = (patterns: readonly RegExp[]) =>
    patterns.some((pattern) => new RegExp(pattern.source.replace('<folder>', folder)).test(target))
  if (reaches(rule.mayImport)) return undefined
  if (!reaches(rule.mayImportTypes)) return `may not import ${target}`
  return imported.isType ? undefined : `may import ${target} by a statement-level \`import type\` only`
}

function findFolderCycles(files: ReadonlyMap<string, readonly string[]>): string[] {
  const withoutTests = new Map([...files].filter(([file]) => !/\.test\.tsx?$/.test(file)))
  return [...folderGraphs(withoutTests).values()]
    .flatMap((graph) => findCycles(graph))
    .filter((cycle) => !cycle.every((entry) => /\.tsx?$/.test(entry)))
    .map((cycle) => `cycle of folders: ${cycle.join(' → ')}`)
}
