import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Diagnostics } from './compile/diagnostics.ts'
import { listFiles, readMiniProgram } from './compile/mini-program.ts'
import { compileScript } from './compile/script.ts'
import { compileStyles } from './compile/styles.ts'
import { compileTemplates } from './compile/templates.ts'
import type { Mistake } from './program.ts'

/** The phone's page with a mini-program in it, to be served below `/phone`. */
export interface BuiltPhone {
  html: string
  /** Of script and style: another for every build. */
  edition: string
  /** The mini-program; what runs it is `phoneScript`. */
  script: string
  /** From `script` back to the mini-program's sources; for whoever opens the browser's tools. */
  sourceMap: string
  /** The same from the start of the builder to its end, so that the browser keeps it, compiled, over every edit. */
  phoneScript: string
  phoneEdition: string
  style: string
  /** Files that pages show, by their path below the mini-program's folder. */
  assets: Map<string, string>
  /** What is wrong with the mini-program; the page shows it too. */
  errors: Mistake[]
}

const ASSET = /\.(svg|png|jpe?g|gif|webp)$/i

/** Compiles the mini-program in a folder into one page. Never rejects for a mistake in the mini-program. */
export function buildPhone(directory: string): Promise<BuiltPhone> {
  return new PhoneBuilder(directory).build()
}

/** Builds again and again, compiling what is the phone's own only once. */
export class PhoneBuilder {
  readonly #directory: string
  #phone: Promise<{ script: string; style: string }> | undefined
  #builds = 0

  constructor(directory: string) {
    this.#directory = resolve(directory)
  }

  async build(): Promise<BuiltPhone> {
    this.#phone ??= compilePhone()
    // Taken before anything is compiled: what is saved from here on makes the next build another one.
    const sources = hashFiles(this.#directory)
    const diagnostics = new Diagnostics()
    const program = readMiniProgram(this.#directory, diagnostics)
    const templates = compileTemplates(program, diagnostics)
    const style = compileStyles(program, diagnostics)
    const { code, map } = await compileScript(program, templates, diagnostics)
    const phone = await this.#phone
    const built = {
      script: `${code}\n//# sourceMappingURL=/phone/script.js.map\n`,
      sourceMap: map,
      phoneScript: phone.script,
      style: `${phone.style}\n${style}`,
    }
    // Not of what was compiled: the template compiler writes the same in another order each time.
    const version = createHash('sha256')
      .update(phone.script)
      .update(phone.style)
      .update(sources)
      .digest('hex')
    this.#builds += 1
    const edition = `${version}-${STARTED}-${this.#builds}`
    const phoneEdition = `phone-${STARTED}`
    const assets = program.files.filter((file) => ASSET.test(file))
    return {
      ...built,
      html: readFileSync(own('./browser/index.html'), 'utf8')
        .replace('{{version}}', version)
        .replace('{{phoneEdition}}', phoneEdition)
        .replaceAll('{{edition}}', edition),
      edition,
      phoneEdition,
      assets: new Map(assets.map((file) => [file, join(this.#directory, file)])),
      errors: diagnostics.mistakes,
    }
  }
}

const STARTED = Date.now().toString(36)

/** Of the names and contents of all files below a folder. */
function hashFiles(directory: string): Buffer {
  const hash = createHash('sha256')
  for (const file of listFiles(directory)) {
    try {
      hash.update(file).update(readFileSync(join(directory, file)))
    } catch (error) {
      // An editor's temporary file is gone again; that it went is a change of its own.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  return hash.digest()
}

const own = (name: string) => fileURLToPath(new URL(name, import.meta.url))

async function compilePhone(): Promise<{ script: string; style: string }> {
  const result = await build({
    entryPoints: { script: own('./browser/main.ts'), style: own('./browser/style/phone.css') },
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
