import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { NpmSource } from '../project/wechat-project.ts'
import { listAssets } from './compile/assets.ts'
import { APP, Diagnostics } from './compile/diagnostics.ts'
import { readMiniProgram } from './compile/mini-program.ts'
import { ModuleCompiler } from './compile/module-compiler.ts'
import { type CompiledScript, compileScript, failedScript } from './compile/script.ts'
import { SourceFiles, stampOf } from './compile/source-files.ts'
import { StyleCompiler } from './compile/styles.ts'
import { TemplateCompiler } from './compile/template-compiler.ts'
import { compileTemplates } from './compile/templates.ts'
import { compileWxModule } from './compile/wx-module.ts'
import type { Diagnostic } from './program/diagnostic.ts'

/** The page of the phone with a mini-program, to be served at `/phone`. */
export interface BuiltPhone {
  html: string
  /** Differs for each build; part of the addresses of script and style. */
  edition: string
  /** The compiled mini-program; `phoneScript` runs it. */
  script: string
  /** Maps `script` to the mini-program's sources, for the browser's developer tools. */
  sourceMap: string
  /** Stays the same while the builder lives, so the browser caches its compiled code. */
  phoneScript: string
  phoneEdition: string
  style: string
  /** Pictures, fonts, sounds, videos and documents by their path below the mini-program's folder. */
  assets: Map<string, string>
  /** Errors of the mini-program; the page shows them too. */
  errors: Diagnostic[]
  /** What WeChat tolerates, or the phone does differently; the page shows them too. */
  notes: Diagnostic[]
  /** Paths of the pages of app.json, the entry page first. */
  pages: readonly string[]
  /** Packages that are used and not installed, by name, with the package.json that has them. */
  missingPackages: ReadonlyMap<string, string>
}

/** What the phone runs. */
export interface PhoneOptions {
  /** Folder of the mini-program. */
  directory: string
  /** Packages of npm that are built into `miniprogram_npm` where they are not built yet; none by default. */
  npm?: readonly NpmSource[]
  /** `setting.useCompilerPlugins`; `typescript` by default. */
  compilerPlugins?: readonly string[]
  /** Whether scripts run in strict mode: `setting.es6` without `setting.disableUseStrict`; true by default. */
  isStrict?: boolean
  /** A module with interfaces of `wx` of the project's own, see {@link WxModule}; none by default. */
  wxModule?: string
}

interface CompiledProgram extends CompiledScript {
  style: string
  pages: readonly string[]
  missingPackages: BuiltPhone['missingPackages']
}

/** Compiles the mini-program in a folder into one page. Errors of the mini-program are returned, not thrown. */
export function buildPhone(options: string | PhoneOptions): Promise<BuiltPhone> {
  return new PhoneBuilder(options).build()
}

/** Builds a mini-program repeatedly. What did not change is not compiled again. */
export class PhoneBuilder {
  readonly #files: SourceFiles
  readonly #templates = new TemplateCompiler()
  readonly #styles: StyleCompiler
  readonly #modules: ModuleCompiler
  readonly #directory: string
  readonly #wxModule: string | undefined
  #builds = 0

  constructor(options: string | PhoneOptions) {
    const {
      directory,
      npm = [],
      compilerPlugins = [],
      isStrict = true,
      wxModule,
    }: PhoneOptions = typeof options === 'string' ? { directory: options } : options
    this.#directory = resolve(directory)
    this.#wxModule = wxModule
    this.#files = new SourceFiles(resolve(directory), npm)
    this.#styles = new StyleCompiler(compilerPlugins)
    this.#modules = new ModuleCompiler(isStrict)
  }

  /** Never rejects for a mini-program: what is wrong with it is in `errors`. */
  async build(): Promise<BuiltPhone> {
    phone ??= compilePhone()
    const files = this.#files
    files.refresh()
    const diagnostics = new Diagnostics()
    const wxModule =
      this.#wxModule === undefined ? '' : await compileWxModule(this.#wxModule, this.#directory, diagnostics)
    const { code, map, style, pages, missingPackages } = await this.#compile(diagnostics)
    const { script: phoneScript, style: phoneStyle } = await phone
    const assets = listAssets(files)
    const built = {
      sourceMap: map,
      phoneScript,
      style: `${phoneStyle}\n${style}`,
    }
    // Hashes the sources, not the output: the template compiler's output differs from build to build.
    const version = createHash('sha256')
      .update(phoneScript)
      .update(phoneStyle)
      .update(wxModule)
      .update(JSON.stringify([...files.usedEditions]))
      .update(JSON.stringify([...assets].map(([path, file]) => [path, stampOf(file)])))
      .update(JSON.stringify([diagnostics.errors, diagnostics.notes]))
      .digest('hex')
    this.#builds += 1
    const edition = `${version}-${STARTED}-${this.#builds}`
    const phoneEdition = `phone-${STARTED}`
    return {
      ...built,
      script: `${code}\n${wxModule}//# sourceMappingURL=/phone/script.js.map?v=${edition}\n`,
      html: readFileSync(fileHere('./browser/index.html'), 'utf8')
        .replace('{{version}}', version)
        .replace('{{frame}}', frameEdition(phoneEdition, pages))
        .replace('{{phoneEdition}}', phoneEdition)
        .replaceAll('{{edition}}', edition),
      edition,
      phoneEdition,
      assets,
      errors: diagnostics.errors,
      notes: diagnostics.notes,
      pages,
      missingPackages,
    }
  }

  async #compile(diagnostics: Diagnostics): Promise<CompiledProgram> {
    try {
      const program = readMiniProgram(this.#files, diagnostics)
      const templates = compileTemplates(program, { compiler: this.#templates, diagnostics })
      const style = await this.#styles.compile(program, diagnostics)
      const script = await compileScript(program, templates, { compiler: this.#modules, diagnostics })
      const { pages } = program.appConfig
      return { ...script, style, pages, missingPackages: program.missing.notInstalled }
    } catch (error) {
      const message = `${COMPILER_FAILED}：${error instanceof Error ? error.stack : String(error)}`
      diagnostics.addError({ file: 'app.json', message }, [APP])
      return { ...failedScript(diagnostics), style: '', pages: [], missingPackages: new Map() }
    }
  }
}

/** Begins the message of an error that the compiler did not foresee. */
export const COMPILER_FAILED = '编译器本身出错 · the compiler failed'

/** Changes with everything that the page around the mini-program's screen shows: it lists the pages. */
function frameEdition(phoneEdition: string, pages: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(pages)).digest('hex').slice(0, 8)
  return `${phoneEdition}-${hash}`
}

const STARTED = Date.now().toString(36)

const fileHere = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** The phone's own code, compiled once for all builders of this process. */
let phone: Promise<{ script: string; style: string }> | undefined

async function compilePhone(): Promise<{ script: string; style: string }> {
  const result = await build({
    entryPoints: { script: fileHere('./browser/main.ts'), style: fileHere('./browser/style/phone.css') },
    outdir: 'phone',
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  })
  const text = (ending: string) => result.outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? ''
  return { script: text('.js'), style: text('.css') }
}
