import { relative, resolve, sep } from 'node:path'
import { type BuildFailure, build, type Message } from 'esbuild'
import { type Diagnostics, diagnosticAt } from './diagnostics.ts'

/** Name of the module in the phone's page. */
const GLOBAL = 'projectWx'

/**
 * Bundles a project's own interfaces of `wx` for the browser. What is wrong with the module is a diagnostic, and the
 * phone runs without it.
 * @param directory of the mini-program; files in diagnostics are named from it
 */
export async function compileWxModule(
  file: string,
  directory: string,
  diagnostics: Diagnostics,
): Promise<string> {
  try {
    const { outputFiles } = await build({
      entryPoints: [resolve(file)],
      absWorkingDir: resolve(directory),
      bundle: true,
      write: false,
      platform: 'browser',
      format: 'iife',
      globalName: GLOBAL,
      target: 'es2022',
      charset: 'utf8',
      logLevel: 'silent',
    })
    const code = outputFiles[0]?.text ?? ''
    return `try {\n${code}\nwindow.${GLOBAL} = ${GLOBAL}.default ?? ${GLOBAL}\n} catch (error) { window.${GLOBAL}Error = error }\n`
  } catch (error) {
    for (const message of (error as Partial<BuildFailure>).errors ?? []) {
      diagnostics.addError(diagnosticOf(message, relative(directory, file)), [])
    }
    return ''
  }
}

function diagnosticOf({ location, text }: Message, file: string) {
  const path = (location?.file ?? file).replaceAll(sep, '/')
  return diagnosticAt(path, location?.line, text)
}
