import { spawnSync } from 'node:child_process'

/** Files of a folder that git has not committed, by path from there; undefined if it is in no git repository. */
export function uncommittedFiles(root: string): string[] | undefined {
  const args = ['status', '--porcelain', '-z', '--untracked-files=all', '--no-renames', '--', '.']
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20 })
  if (status !== 0) return undefined
  const prefix = spawnSync('git', ['rev-parse', '--show-prefix'], { cwd: root, encoding: 'utf8' })
  const above = prefix.stdout.trim()
  return stdout
    .split('\0')
    .map((entry) => entry.slice(3))
    .filter((path) => path !== '')
    .map((path) => (path.startsWith(above) ? path.slice(above.length) : path))
}
