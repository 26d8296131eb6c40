import { chmodSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { projectPath } from '../../project.ts'
import { makePayload } from '../payload/make-payload.ts'

/** What the package holds besides its documents, from the project's root. */
const FOLDER = 'dist/add'

/**
 * Makes the command and its payload for the package, which has no dependencies: npx has nothing to install.
 * @returns the files with their sizes in bytes
 * @throws BuildError
 */
export async function writePackage(): Promise<{ path: string; bytes: number }[]> {
  const folder = projectPath(FOLDER)
  const payload = JSON.stringify(await makePayload())
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'payload.json'), payload)
  await build({
    entryPoints: [projectPath('scripts/lib/add/packed/command.ts')],
    outfile: join(folder, 'command.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // As ES modules: jsonc-parser's other form requires its parts by paths that a bundle does not have.
    mainFields: ['module', 'main'],
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'error',
  })
  chmodSync(join(folder, 'command.mjs'), 0o755)
  return ['command.mjs', 'payload.json'].map((name) => ({
    path: `${FOLDER}/${name}`,
    bytes: statSync(join(folder, name)).size,
  }))
}
