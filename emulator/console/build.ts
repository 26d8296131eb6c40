import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** The console as three files of text. */
export interface BuiltConsole {
  html: string
  script: string
  style: string
}

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Compiles the console's page. @throws esbuild's BuildFailure for an error in it */
export async function buildConsole(): Promise<BuiltConsole> {
  const result = await build({
    entryPoints: [path('./browser/main.tsx')],
    bundle: true,
    write: false,
    outdir: path('./browser'),
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
  })
  const text = (extension: string) =>
    result.outputFiles.find((file) => file.path.endsWith(extension))?.text ?? ''
  return {
    html: readFileSync(path('./browser/index.html'), 'utf8'),
    script: text('.js'),
    style: text('.css'),
  }
}
