import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, extname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Loader, Plugin } from 'esbuild'

const PACKAGE_ROOT = new URL('../', import.meta.url)
/** Begins the address of every file of this package. */
export const PACKAGE_ADDRESS = PACKAGE_ROOT.href
const OWN_NAME = /^wechat-cloud-emulator(?:\/(.+))?$/

/**
 * Packages are not bundled: the bundle names their files. This package is found by its own name even where the project
 * has not installed it.
 */
export const packagesPlugin: Plugin = {
  name: 'packages',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (kind === 'entry-point' || pluginData === 'seen' || /^[A-Za-z]:[\\/]/.test(path)) return undefined
      if (isBuiltin(path)) return { path, external: true }
      // Its functions do nothing but help with types.
      if (path === 'wechat-cloud-emulator/config')
        return { path: fileURLToPath(new URL('config/index.ts', PACKAGE_ROOT)) }
      const ofThisPackage = OWN_NAME.exec(path)
      const found = ofThisPackage
        ? { path: ownFile(ofThisPackage[1]), errors: [] }
        : await resolve(path, { kind, resolveDir, pluginData: 'seen' })
      if (found.path === undefined || found.errors.length > 0) return { errors: found.errors }
      const file = kind === 'require-call' ? found.path : pathToFileURL(found.path).href
      return { path: file, external: true }
    })
  },
}

function ownFile(subpath: string | undefined): string | undefined {
  const { exports } = JSON.parse(readFileSync(new URL('package.json', PACKAGE_ROOT), 'utf8')) as {
    exports: Record<string, { default?: string }>
  }
  const file = exports[subpath === undefined ? '.' : `./${subpath}`]?.default
  return file === undefined ? undefined : fileURLToPath(new URL(file, PACKAGE_ROOT))
}

const meta = (name: string) => `import.meta.${name}`

/** What a file calls its own place stays true in the bundle, which lies elsewhere. */
export const LOCATION_NAMES: Readonly<Record<string, string>> = {
  [meta('url')]: '__configUrl',
  [meta('filename')]: '__configFile',
  [meta('dirname')]: '__configFolder',
  __filename: '__configFile',
  __dirname: '__configFolder',
}

const LOADERS: Readonly<Record<string, Loader>> = { '.js': 'js', '.mjs': 'js', '.cjs': 'js' }

export const locationPlugin: Plugin = {
  name: 'location',
  setup({ onLoad }) {
    onLoad({ filter: /\.[cm]?[jt]s$/ }, ({ path }) => {
      const values = {
        __configUrl: pathToFileURL(path).href,
        __configFile: path,
        __configFolder: dirname(path),
      }
      const lines = Object.entries(values).map(([name, value]) => `const ${name}=${JSON.stringify(value)};`)
      // On the first line, so that lines in errors stay right.
      return {
        contents: `${lines.join('')}${readFileSync(path, 'utf8')}`,
        loader: LOADERS[extname(path)] ?? 'ts',
      }
    })
  },
}
