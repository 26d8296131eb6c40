import type { Plugin } from 'esbuild'

/**
 * For the bundle of a function: takes packages from the `sdk.js` beside it (see `build-sdk.ts`). jsonwebtoken only
 * where it is used for signing alone; any other import of it is bundled as usual.
 */
export const sdkBeside: Plugin = {
  name: 'sdk-beside',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^wx-server-sdk$/ }, () => ({ path: 'cloud', namespace: 'sdk-beside' }))
    onResolve({ filter: /^jsonwebtoken$/ }, ({ importer }) =>
      /[\\/]cloudfunctions[\\/]shared[\\/]token\.ts$/.test(importer)
        ? { path: 'jsonwebtoken', namespace: 'sdk-beside' }
        : undefined,
    )
    onResolve({ filter: /./, namespace: 'sdk-beside' }, ({ path }) => ({ path, external: true }))
    onLoad({ filter: /^cloud$/, namespace: 'sdk-beside' }, () => ({
      contents: "module.exports = require('./sdk.js').cloud",
    }))
    // As an ES module, since esbuild would look through all of a CommonJS one, and so load it, for its exports.
    onLoad({ filter: /^jsonwebtoken$/, namespace: 'sdk-beside' }, () => ({
      contents: "export default require('./sdk.js').jsonwebtoken",
    }))
  },
}

/** Whether a bundle made with `sdkBeside` needs the files of the SDK beside it. */
export function needsSdk(code: Buffer): boolean {
  return code.includes('require("./sdk.js")')
}
