import { readFileSync } from 'node:fs'
import type { Plugin } from 'esbuild'

/**
 * For the bundle of a function: takes packages from the `sdk.js` beside it (see `build-sdk.ts`). A file that uses
 * nothing but `sign` of jsonwebtoken takes it from there, where it is loaded at the first use; every other import of jsonwebtoken
 * is bundled as usual.
 */
export const sdkExternalPlugin: Plugin = {
  name: 'sdk-external',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^wx-server-sdk$/ }, () => ({ path: 'cloud', namespace: 'sdk-external' }))
    onResolve({ filter: /^jsonwebtoken$/, namespace: 'file' }, ({ importer }) =>
      onlySigns(readFileSync(importer, 'utf8'))
        ? { path: 'jsonwebtoken', namespace: 'sdk-external' }
        : undefined,
    )
    onResolve({ filter: /./, namespace: 'sdk-external' }, ({ path }) => ({ path, external: true }))
    onLoad({ filter: /^cloud$/, namespace: 'sdk-external' }, () => ({
      contents: "module.exports = require('./sdk.js').cloud",
    }))
    // As an ES module, since esbuild would look through all of a CommonJS one, and so load it, for its exports.
    onLoad({ filter: /^jsonwebtoken$/, namespace: 'sdk-external' }, () => ({
      contents: "export default require('./sdk.js').jsonwebtoken",
    }))
  },
}

const DEFAULT_IMPORT = /^import (\w+) from ['"]jsonwebtoken['"];?$/m

/** Whether a file imports jsonwebtoken by its default export, and uses nothing of it but `sign`. */
function onlySigns(source: string): boolean {
  const [statement = '', name] = DEFAULT_IMPORT.exec(source) ?? []
  if (name === undefined) return false
  const uses = [...source.replace(statement, '').matchAll(new RegExp(`\\b${name}\\b(\\.sign\\b)?`, 'g'))]
  return uses.length > 0 && uses.every(([, member]) => member !== undefined)
}

/** Whether a bundle made with `sdkExternalPlugin` needs the files of the SDK beside it. */
export function needsSdk(code: Buffer): boolean {
  return code.includes('require("./sdk.js")')
}
