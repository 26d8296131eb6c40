import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectPath } from './project.ts'

const run = promisify(execFile)

/** A Node of exactly this version, as the npm registry has it for this machine. */
export interface NodeBinary {
  version: string
  executable: string
}

/**
 * Fetches one Node from the npm registry (packages `node-<platform>-<architecture>`), once: it is kept in
 * node_modules/.cache, outside of git.
 * @returns undefined when the registry has none for this machine and version
 */
export async function fetchNode(version: string): Promise<NodeBinary | undefined> {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const folder = projectPath(`node_modules/.cache/node-versions/${version}`)
  const program = process.platform === 'win32' ? 'node.exe' : 'node'
  const executable = join(folder, 'node_modules', name, 'bin', program)
  if (!existsSync(executable)) await install(`${name}@${version}`, folder)
  return (await versionOf(executable)) === version ? { version, executable } : undefined
}

/** The version a Node says it is, or undefined when it does not run on this machine. */
export async function versionOf(executable: string): Promise<string | undefined> {
  try {
    return (await run(executable, ['--version'])).stdout.trim().replace(/^v/, '')
  } catch {
    return undefined
  }
}

async function install(specifier: string, folder: string): Promise<void> {
  const options = ['--prefix', folder, '--no-save', '--no-package-lock', '--ignore-scripts']
  // npm is a script of its own name on Windows, which only a shell finds.
  const shell = process.platform === 'win32'
  await run('npm', ['install', ...options, specifier], { shell }).catch(() => {})
}
