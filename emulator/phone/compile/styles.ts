import type postcss from 'postcss'
import { isPageIsolation } from '../program/style-isolation.ts'
import { translateStyle } from '../program/web-address.ts'
import { type Diagnostics, diagnosticAt } from './diagnostics.ts'
import type { MiniProgram } from './mini-program.ts'
import { PACKAGES_FOLDER } from './references.ts'
import { type StyleOwner, translateSelector } from './selectors.ts'
import { type StyleFindings, StyleReader, styleEndings } from './style-reader.ts'

interface CompiledSheet extends StyleFindings {
  owner: string
  /** Of each file that it was made from. */
  editions: ReadonlyMap<string, string>
  css: string
}

/** Compiles all WXSS to one style sheet, each sheet again only when one of its files changes. */
export class StyleCompiler {
  readonly #endings: readonly string[]
  readonly #sheets = new Map<string, CompiledSheet>()

  /** @param compilerPlugins of `sass` and `less` */
  constructor(compilerPlugins: readonly string[]) {
    this.#endings = styleEndings(compilerPlugins)
  }

  /** The app's styles, then those of each page and component, scoped to it. */
  async compile(program: MiniProgram, diagnostics: Diagnostics): Promise<string> {
    const independentRoots = program.packages.subpackages.flatMap(({ root, isIndependent }) =>
      isIndependent ? [root] : [],
    )
    const isolatedPages = [...program.components].flatMap(([path, { isPage, config }]) =>
      isPage && isPageIsolation(config.styleIsolation) ? [path] : [],
    )
    const app: StyleOwner = { kind: 'app', independentRoots, isolatedPages }
    const sheets = [await this.#sheet(program, 'app', app, diagnostics)]
    for (const [path, { isPage, styleScope }] of program.components) {
      const scope = styleScope === undefined ? {} : { styleScope }
      const owner: StyleOwner = isPage ? { kind: 'page', path, ...scope } : { kind: 'component', styleScope }
      sheets.push(await this.#sheet(program, path, owner, diagnostics))
    }
    return sheets.filter((sheet) => sheet !== '').join('\n')
  }

  async #sheet(
    program: MiniProgram,
    path: string,
    owner: StyleOwner,
    diagnostics: Diagnostics,
  ): Promise<string> {
    const { files } = program
    const file = this.#endings.map((ending) => `${path}${ending}`).find((name) => files.has(name))
    if (file === undefined) {
      noteOtherKind(program, path, diagnostics)
      return ''
    }
    const known = this.#sheets.get(file)
    const isKnown =
      known?.owner === JSON.stringify(owner) &&
      [...known.editions].every(([name, edition]) => files.edition(name) === edition)
    const sheet = isKnown && known ? known : await compileSheet(program, file, owner)
    this.#sheets.set(file, sheet)
    for (const error of sheet.errors) diagnostics.addError(error, [])
    const isOwn = files.own.has(file) && !file.includes(`${PACKAGES_FOLDER}/`)
    if (isOwn) for (const note of sheet.notes) diagnostics.addNote(note)
    return sheet.css
  }
}

/** A sheet of another language without its compiler plugin is not compiled by WeChat's tools either. */
function noteOtherKind({ files }: MiniProgram, path: string, diagnostics: Diagnostics): void {
  const file = ['.scss', '.sass', '.less']
    .map((ending) => `${path}${ending}`)
    .find((name) => files.own.has(name))
  if (file === undefined) return
  const plugin = file.endsWith('.less') ? 'less' : 'sass'
  const message = `没有编译：project.config.json 的 setting.useCompilerPlugins 里没有 ${plugin} · not compiled without this plugin`
  diagnostics.addNote({ file, message })
}

async function compileSheet(program: MiniProgram, file: string, owner: StyleOwner): Promise<CompiledSheet> {
  const findings: StyleFindings = { errors: [], notes: [], files: new Set() }
  const sheet = await new StyleReader(program, findings).read(file)
  translate(sheet, file, owner, findings)
  const editions = new Map([...findings.files].map((name) => [name, program.files.edition(name)]))
  return { ...findings, owner: JSON.stringify(owner), editions, css: sheet.toString() }
}

function translate(sheet: postcss.Root, file: string, owner: StyleOwner, findings: StyleFindings): void {
  const note = (node: postcss.Node, message: string) =>
    findings.notes.push(diagnosticAt(file, node.source?.start?.line, message))
  sheet.walkDecls((declaration) => {
    if (isLocalFile(declaration))
      note(declaration, `WXSS 里不能用本地文件 ${declaration.value}：用网络图片、base64 或 <image>`)
    declaration.value = translateStyle(declaration.value)
  })
  sheet.walkAtRules((rule) => {
    rule.params = translateStyle(rule.params)
  })
  sheet.walkRules((rule) => {
    if (rule.parent?.type === 'atrule' && /keyframes$/i.test((rule.parent as postcss.AtRule).name)) return
    try {
      rule.selector = translateSelector(rule.selector, owner)
    } catch (error) {
      if (rule.selector.includes('//'))
        note(rule, `WXSS 没有 // 注释：${rule.selector.split('\n', 1)[0]} 到下一个 } 都无效`)
      else findings.errors.push(diagnosticAt(file, rule.source?.start?.line, (error as Error).message))
      rule.remove()
    }
  })
}

/** `url(…)` with a file of the mini-program, which a phone does not load. */
function isLocalFile({ value }: postcss.Declaration): boolean {
  const [, address] = /\burl\(\s*['"]?(?!data:|https?:|\/\/|cloud:|#|['")])([^'")]+)/i.exec(value) ?? []
  return address !== undefined
}
