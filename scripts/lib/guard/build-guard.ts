import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import type { KeptBundles } from '../kept-bundles.ts'
import { projectPath } from '../project.ts'
import { DEPLOYED } from '../sdk/build-sdk.ts'
import { withGuardHead } from './guard-head.ts'

/** The two files of the guard, by name. */
export type GuardFiles = ReadonlyMap<'auth-guard.js' | 'auth-guard.d.ts', string>

/** Builds the guard of a folder of functions. Its first line says what it was made from. */
export async function buildGuard(source: string, kept?: KeptBundles<string>): Promise<GuardFiles> {
  const { version } = JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as { version: string }
  return new Map([
    ['auth-guard.js', withGuardHead(kept?.find(source) ?? (await bundleGuard(source, { kept })), version)],
    ['auth-guard.d.ts', readFileSync(projectPath('scripts/lib/guard/auth-guard.d.ts'), 'utf8')],
  ])
}

/**
 * Bundles the guard for functions in plain JavaScript: one CommonJS file that needs nothing but the function's own
 * wx-server-sdk. The same for equal sources, wherever they are.
 * @param source the folder of the functions
 * @param plugins go first
 * @param kept is given the bundle
 */
export async function bundleGuard(
  source: string,
  { plugins = [], kept }: { plugins?: readonly Plugin[]; kept?: KeptBundles<string> | undefined } = {},
): Promise<string> {
  const startedAt = Date.now()
  const { outputFiles, metafile } = await build({
    ...DEPLOYED,
    entryPoints: [join(source, 'shared/handlers/auth-guard.ts')],
    // No comments, which would name folders of this machine. Stack traces still name functions.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 160,
    metafile: true,
    plugins: [...plugins, ownSdkPlugin],
  })
  const text = outputFiles[0]?.text ?? ''
  kept?.keep(source, text, { inputs: Object.keys(metafile.inputs), startedAt })
  return text
}

/**
 * The guard takes the SDK that the function has, whatever its version, and makes an instance of its own: only the first
 * `cloud.init` of the SDK's own instance counts, and that is the function's.
 */
const ownSdkPlugin: Plugin = {
  name: 'own-sdk',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^wx-server-sdk$/, namespace: 'file' }, () => ({
      path: 'cloud',
      namespace: 'own-sdk',
    }))
    onResolve({ filter: /./, namespace: 'own-sdk' }, ({ path }) => ({ path, external: true }))
    onLoad({ filter: /./, namespace: 'own-sdk' }, () => ({
      contents: `const sdk = require('wx-server-sdk')
if (!sdk.createNewInstance) throw new Error('auth-guard.js needs wx-server-sdk 2.0 or newer')
module.exports = sdk.createNewInstance({ env: sdk.DYNAMIC_CURRENT_ENV })`,
    }))
    // Signs tokens, which the guard never does.
    onResolve({ filter: /^jsonwebtoken$/ }, () => ({
      path: 'none',
      namespace: 'no-signing',
      sideEffects: false,
    }))
    onLoad({ filter: /./, namespace: 'no-signing' }, () => ({ contents: 'export default undefined' }))
  },
}
