import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'

/** Where the data of a project is kept: outside of it, in the folder that the system has for programs' data. */
export function dataDirectoryOf(projectRoot: string): string {
  const hash = createHash('sha256').update(projectRoot).digest('hex').slice(0, 8)
  const name = basename(projectRoot).replace(/[^\p{L}\p{N}._-]/gu, '_')
  return join(systemDataDirectory(), 'wechat-cloud-emulator', `${name}-${hash}`)
}

function systemDataDirectory(): string {
  switch (process.platform) {
    case 'win32':
      return process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local')
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support')
    default:
      // An empty variable counts as none. Source: XDG Base Directory Specification.
      return process.env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share')
  }
}
