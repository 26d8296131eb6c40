import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Here, imports of this package's dependencies are found. */
const CACHE = fileURLToPath(new URL('../node_modules/.cache/programs', import.meta.url))
/** A program seldom runs for longer. */
const KEPT_MILLISECONDS = 24 * 60 * 60 * 1000
const PACKAGE_JSON = fileURLToPath(new URL('../package.json', import.meta.url))

/**
 * Runs a program that is written in TypeScript. It is compiled into a few files of JavaScript, which stay until one of
 * its sources changes: to load those takes a tenth of the time. Where nothing can be kept, tsx compiles it each time.
 * @param {string} source absolute path
 */
export async function runProgram(source) {
  const compiled = keptProgram(source) ?? (await compileProgram(source))
  if (compiled === undefined) {
    // Node strips no types below node_modules, where this package is once it is installed.
    const { register } = await import('tsx/esm/api')
    register()
  }
  await import(pathToFileURL(compiled ?? source).href)
}

/** What is kept of a program: its folder, and each source with its stamp. */
function manifestOf(source) {
  const hash = createHash('sha256').update(source).digest('hex').slice(0, 12)
  return join(CACHE, `${basename(source, '.ts')}-${hash}.json`)
}

/** @returns the path of the compiled program; undefined unless it is that of the sources as they are now */
function keptProgram(source) {
  try {
    const { version, folder, stamps } = JSON.parse(readFileSync(manifestOf(source), 'utf8'))
    const isCurrent =
      version === versionOfPackage() &&
      Object.entries(stamps).every(([file, stamp]) => stampOf(file) === stamp)
    return isCurrent ? programIn(join(CACHE, folder), source) : undefined
  } catch {
    return undefined
  }
}

/** Files of packages all have the same time of change, but packages have versions. */
function versionOfPackage() {
  return createHash('sha256').update(readFileSync(PACKAGE_JSON)).digest('hex')
}

function stampOf(file) {
  const { ctimeMs, mtimeMs, size } = statSync(file)
  return `${mtimeMs} ${ctimeMs} ${size}`
}

function programIn(folder, source) {
  const program = join(folder, `${basename(source, '.ts')}.js`)
  return existsSync(program) ? program : undefined
}

/**
 * @returns the path of the compiled program; undefined if it cannot be kept
 * @throws Error with the places of the sources that do not compile
 */
async function compileProgram(source) {
  let unfinished
  try {
    mkdirSync(CACHE, { recursive: true })
    unfinished = mkdtempSync(join(CACHE, 'unfinished-'))
    const version = versionOfPackage()
    const stamps = await bundle(source, unfinished)
    const content = JSON.stringify({ version, stamps })
    const folder = createHash('sha256').update(content).digest('hex').slice(0, 16)
    writeFileSync(join(unfinished, 'package.json'), '{"type":"module"}')
    // A program that runs may still load parts of older code, so that stays.
    if (!existsSync(join(CACHE, folder))) renameOnce(unfinished, join(CACHE, folder))
    const manifest = `${manifestOf(source)}.${process.pid}`
    writeFileSync(manifest, JSON.stringify({ version, folder, stamps }))
    renameSync(manifest, manifestOf(source))
    removeOld()
    return programIn(join(CACHE, folder), source)
  } catch (error) {
    // What esbuild says of the sources has their places. Any other failure is one of keeping the program.
    if (Array.isArray(error.errors)) throw new Error(`${source}\n${await describe(error.errors)}`)
    return undefined
  } finally {
    if (unfinished !== undefined) rmSync(unfinished, { recursive: true, force: true })
  }
}

async function describe(errors) {
  const { formatMessages } = await import('esbuild')
  return (await formatMessages(errors, { kind: 'error' })).join('').trim()
}

/** Another process may have compiled the same just now. */
function renameOnce(from, to) {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!existsSync(to)) throw error
  }
}

/** Removes the programs of older sources, unless one may still run. */
function removeOld() {
  const names = readdirSync(CACHE)
  const manifests = names.filter((name) => name.endsWith('.json'))
  const current = manifests.map((name) => JSON.parse(readFileSync(join(CACHE, name), 'utf8')).folder)
  for (const name of names) {
    const isOld = Date.now() - statSync(join(CACHE, name)).mtimeMs > KEPT_MILLISECONDS
    if (isOld && !manifests.includes(name) && !current.includes(name))
      rmSync(join(CACHE, name), { recursive: true, force: true })
  }
}

/** @returns the sources with their stamps */
async function bundle(source, outdir) {
  const { build } = await import('esbuild')
  const stamps = {}
  const plugin = {
    name: 'program',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
        if (kind === 'entry-point' || path.startsWith('wechat-cloud-emulator')) return undefined
        return { path, external: true }
      })
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        // Before it is read: what is saved meanwhile is a change.
        stamps[path] = stampOf(path)
        const text = await readFile(path, 'utf8')
        // Files beside the source are found by it.
        return {
          contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
          loader: 'ts',
        }
      })
    },
  }
  const { metafile } = await build({
    entryPoints: [source],
    outdir,
    bundle: true,
    // What is imported at its first use stays in files of its own.
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Of this package, the sources themselves.
    conditions: ['wechat-cloud-emulator-source', 'module'],
    logLevel: 'silent',
    metafile: true,
    plugins: [plugin],
  })
  // Sources in JavaScript and JSON.
  for (const input of Object.keys(metafile.inputs)) stamps[resolve(input)] ??= stampOf(input)
  return stamps
}
