import { posix } from 'node:path'
import type { AtRule, Root } from 'postcss'
import type { Diagnostic } from '../program/diagnostic.ts'
import { parseCss } from './css-recovery.ts'
import { diagnosticAt } from './diagnostics.ts'
import type { MiniProgram } from './mini-program.ts'
import { preprocess } from './preprocessors.ts'
import { candidatesOf, replaceAlias } from './references.ts'

/** Findings of one sheet, and the files it was made from. */
export interface StyleFindings {
  errors: Diagnostic[]
  notes: Diagnostic[]
  /** All that were looked for, also those that do not exist. */
  files: Set<string>
}

/** Endings of sheets, in the order in which they are tried. */
export function styleEndings(compilerPlugins: readonly string[]): string[] {
  const sass = compilerPlugins.includes('sass') ? ['.scss', '.sass'] : []
  return ['.wxss', ...sass, ...(compilerPlugins.includes('less') ? ['.less'] : [])]
}

/** Reads a sheet and replaces each `@import` by the imported sheet. */
export class StyleReader {
  readonly #program: MiniProgram
  readonly #findings: StyleFindings

  constructor(program: MiniProgram, findings: StyleFindings) {
    this.#program = program
    this.#findings = findings
  }

  /** @param chain files that import this one */
  async read(file: string, chain: readonly string[] = []): Promise<Root> {
    const { files } = this.#program
    this.#findings.files.add(file)
    const { css, error, used } = await preprocess(this.#program, file)
    for (const path of used) this.#findings.files.add(path)
    if (error) this.#findings.errors.push(error)
    const sheet = this.#parse(file, css)
    const imports: { rule: AtRule; target: string }[] = []
    sheet.walkAtRules(/^import$/i, (rule) => {
      const target = this.#target(file, rule)
      if (target !== undefined && !chain.includes(target) && target !== file) imports.push({ rule, target })
      else rule.remove()
    })
    for (const { rule, target } of imports) {
      const imported = files.has(target) ? await this.read(target, [...chain, file]) : undefined
      if (imported) rule.before(imported.nodes)
      rule.remove()
    }
    return sheet
  }

  #parse(file: string, css: string): Root {
    const { errors, notes } = this.#findings
    return parseCss(css, {
      error: (line, reason) => errors.push(diagnosticAt(file, line, reason)),
      note: (line, message) => notes.push(diagnosticAt(file, line, message)),
    })
  }

  /** The file that `@import` means. */
  #target(file: string, { params, source }: AtRule): string | undefined {
    const { files, packages, aliases } = this.#program
    const note = (message: string) =>
      this.#findings.notes.push(diagnosticAt(file, source?.start?.line, message))
    const [, , quoted, address, bare] = IMPORT.exec(params.trim()) ?? []
    const reference = (quoted ?? address ?? bare ?? '').trim().replace(/^~/, '')
    if (/^(https?:)?\/\//.test(reference)) {
      note(`@import ${reference}：手机不从网上取样式`)
      return undefined
    }
    const candidates = candidatesOf(file, replaceAlias(reference, aliases)).flatMap((path) =>
      posix.extname(path) === '' ? [`${path}.wxss`, path] : [path, `${path}.wxss`],
    )
    const target = candidates.find((path) => files.has(path))
    for (const path of candidates) {
      this.#findings.files.add(path)
      if (path === target) break
    }
    if (target === undefined) {
      note(`@import ${reference}：文件不存在`)
      return undefined
    }
    const refusal = packages.refusal(file, target)
    if (refusal === undefined) return target
    this.#findings.errors.push(diagnosticAt(file, source?.start?.line, refusal))
    return undefined
  }
}

/** `"a"`, `'a'`, `url("a")`, `url(a)` or `a`; what follows is the condition of media, which WXSS does not have. */
const IMPORT = /^(?:url\(\s*)?(?:(["'])(.*?)\1|([^"')\s;]+)\))|^([^"'\s;]+)/i
