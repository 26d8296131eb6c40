import { dirname, extname, join, posix, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Exception } from 'sass'
import type { Diagnostic } from '../program/diagnostic.ts'
import { diagnosticAt } from './diagnostics.ts'
import type { MiniProgram } from './mini-program.ts'
import { candidatesOf, replaceAlias } from './references.ts'

/** A sheet as CSS. */
interface Preprocessed {
  css: string
  error?: Diagnostic
  /** Files that the compiler read, by their path in the mini-program. */
  used: readonly string[]
}

/** Sheets that WeChat's compilers give to every other one, where they exist. */
const COMMON = {
  '.scss': ['global.scss', 'global.sass'],
  '.sass': ['global.sass', 'global.scss'],
  '.less': ['app.less'],
}

/** Compiles SCSS, Sass and LESS by their own compilers; WXSS stays as it is. */
export async function preprocess(program: MiniProgram, file: string): Promise<Preprocessed> {
  const text = program.files.read(file)
  const ending = extname(file)
  if (ending === '.scss' || ending === '.sass') return compileSass(program, file, text)
  if (ending === '.less') return compileLess(program, file, text)
  return { css: text, used: [] }
}

async function compileSass(program: MiniProgram, file: string, text: string): Promise<Preprocessed> {
  const { compileString, Logger } = await import('sass')
  const { files } = program
  const pathOf = (url: URL) => relative(files.directory, fileURLToPath(url)).replaceAll('\\', '/')
  const isIndented = file.endsWith('.sass')
  const [common] = commonSheets(program, file)
  const end = isIndented ? '\n' : ';'
  const start = common === undefined ? '' : `@use ${JSON.stringify(common)}${end}`
  try {
    const { css, loadedUrls } = compileString(start + keepWxssImports(text), {
      url: pathToFileURL(files.absolute(file)),
      syntax: isIndented ? 'indented' : 'scss',
      logger: Logger.silent,
      importers: [
        {
          findFileUrl(reference, { containingUrl }) {
            const from = containingUrl ? pathOf(containingUrl) : file
            return sassFileOf(program, from, reference)
          },
        },
      ],
    })
    return { css, used: loadedUrls.map(pathOf) }
  } catch (error) {
    const { sassMessage, span, message } = error as Exception
    const source = span?.url === undefined ? file : pathOf(span.url)
    const line = span === undefined ? 1 : span.start.line + 1 - (isIndented && common !== undefined ? 1 : 0)
    return { css: '', error: diagnosticAt(source, line, sassMessage ?? message), used: [source] }
  }
}

/** Sass itself finds files beside the sheet; this finds them from the root, by an alias and in npm packages. */
function sassFileOf({ files, aliases }: MiniProgram, from: string, reference: string): URL | null {
  const paths = candidatesOf(from, replaceAlias(decodeURIComponent(reference).replace(/^~/, ''), aliases))
  for (const path of paths) {
    const partial = posix.join(posix.dirname(path), `_${posix.basename(path)}`)
    for (const name of [path, partial].flatMap((name) =>
      ['', '.scss', '.sass'].map((ending) => name + ending),
    )) {
      if (files.has(name)) return pathToFileURL(files.absolute(name))
    }
  }
  return null
}

async function compileLess(program: MiniProgram, file: string, text: string): Promise<Preprocessed> {
  const { default: less } = await import('less')
  const { files } = program
  const pathOf = (path: string) => relative(files.directory, path).replaceAll('\\', '/')
  const [common] = commonSheets(program, file)
  const start = common === undefined ? '' : `@import (optional, reference) ${JSON.stringify(common)};`
  try {
    const { css, imports } = await less.render(start + keepWxssImports(text), {
      filename: files.absolute(file),
      paths: [dirname(files.absolute(file)), files.directory, join(files.directory, 'miniprogram_npm')],
    })
    return { css, used: imports.map(pathOf) }
  } catch (error) {
    const { message, line, filename } = error as Less.RenderError
    const source = filename === undefined ? file : pathOf(filename)
    return { css: '', error: diagnosticAt(source, line ?? 1, message), used: [source] }
  }
}

/** WXSS that a sheet imports is no Sass and no LESS: it is imported later. */
function keepWxssImports(source: string): string {
  return source.replace(
    /@import\s*(["'])([^"'\n]+\.wxss)\1/g,
    (_, __, path: string) => `@import url("${path}")`,
  )
}

/** The common sheet for a sheet, by its path from there. */
function commonSheets({ files }: MiniProgram, file: string): string[] {
  const names = COMMON[extname(file) as keyof typeof COMMON]
  return names
    .filter((name) => file !== name && file !== `app${extname(file)}` && files.own.has(name))
    .map((name) => posix.join(posix.relative(posix.dirname(`/${file}`), '/'), name))
    .map((path) => (path.startsWith('.') ? path : `./${path}`))
}
