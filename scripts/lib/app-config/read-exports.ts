import { runInNewContext } from 'node:vm'
import { build } from 'esbuild'

/**
 * The exported constants of a TypeScript file that imports nothing but types.
 * @throws Error if it does not compile, or runs into what is not there
 */
export async function readExports(file: string): Promise<Record<string, unknown>> {
  const { outputFiles } = await build({
    entryPoints: [file],
    write: false,
    format: 'cjs',
    logLevel: 'silent',
  })
  const module = { exports: {} as Record<string, unknown> }
  runInNewContext(outputFiles[0]?.text ?? '', { module })
  return module.exports
}
