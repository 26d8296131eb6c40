import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { Plugin } from 'esbuild'

const VERSION_MODULE = /node-sdk[\\/]dist[\\/]utils[\\/]version\.js$/

/** Whether this is the module by which an SDK knows its own version. */
export function isVersionModule(file: string): boolean {
  return VERSION_MODULE.test(file)
}

/** Whether the module reads the package.json of its package, and exports the version alone. */
export function readsItsPackage(file: string): boolean {
  const source = readFileSync(file, 'utf8')
  const exported = [...source.matchAll(/^exports\.(\w+)/gm)].map(([, name]) => name)
  return source.includes("'../../package.json'") && exported.every((name) => name === 'version')
}

/** The SDK reads its own version from a file next to it, which a bundle does not have. */
export const sdkVersionPlugin: Plugin = {
  name: 'sdk-version',
  setup({ onLoad }) {
    onLoad({ namespace: 'file', filter: VERSION_MODULE }, ({ path }) => {
      if (!readsItsPackage(path)) return undefined
      const { version } = createRequire(path)('../../package.json') as { version: string }
      return { contents: `exports.version = ${JSON.stringify(version)}`, resolveDir: dirname(path) }
    })
  },
}
