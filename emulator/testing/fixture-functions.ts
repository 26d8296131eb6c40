import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'

const SOURCE = fileURLToPath(new URL('./functions', import.meta.url))
const SHARED: BuildOptions = { platform: 'node', format: 'cjs', target: 'node16', logLevel: 'error' }

/**
 * Compiles the functions of `testing/functions`, with the SDK beside them in `node_modules`, as a developer uploads
 * them.
 * @returns the folder, which the caller removes
 */
export async function buildFixtureFunctions(): Promise<string> {
  const target = mkdtempSync(join(tmpdir(), 'functions-'))
  const names = readdirSync(SOURCE)
  sdk ??= bundleSdk()
  const compiled = build({
    ...SHARED,
    entryPoints: names.map((name) => ({ in: join(SOURCE, name, 'index.ts'), out: join(name, 'index') })),
    outdir: target,
  })
  const [sdkCode] = await Promise.all([sdk, compiled])
  for (const name of names) {
    const config = join(SOURCE, name, 'config.json')
    if (existsSync(config)) copyFileSync(config, join(target, name, 'config.json'))
  }
  const sdkFolder = join(target, 'node_modules/wx-server-sdk')
  mkdirSync(sdkFolder, { recursive: true })
  writeFileSync(join(sdkFolder, 'index.js'), sdkCode)
  return target
}

let sdk: Promise<Uint8Array> | undefined

/** The SDK as one file: an instance starts in half the time. */
async function bundleSdk(): Promise<Uint8Array> {
  const entry = createRequire(import.meta.url).resolve('wx-server-sdk')
  const { outputFiles } = await build({
    ...SHARED,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
  })
  const [file] = outputFiles
  if (!file) throw new Error('esbuild wrote no file for wx-server-sdk')
  return file.contents
}
