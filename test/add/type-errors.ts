import { spawnSync } from 'node:child_process'
import { projectPath } from '../../scripts/lib/project.ts'

/** What the TypeScript compiler reports for a folder with a tsconfig.json; empty if nothing. */
export function typeErrors(folder: string): string {
  const compiler = projectPath('node_modules/typescript/bin/tsc')
  const { stdout, stderr } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' })
  return stdout + stderr
}
