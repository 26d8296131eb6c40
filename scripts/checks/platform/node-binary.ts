import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fetchPackages } from './npm-cache.ts'

const run = promisify(execFile)

/** A Node of exactly this version, as the npm registry has it for this machine. */
export interface NodeBinary {
  version: string
  executable: string
}

/**
 * Fetches one Node from the npm registry (packages `node-<platform>-<architecture>`), once.
 * @returns why there is none: the registry has none for this machine and version, or it does not run here
 */
export async function fetchNode(version: string): Promise<NodeBinary | { failure: string }> {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const fetched = await fetchPackages(`node-${version}`, { dependencies: { [name]: version } })
  if ('failure' in fetched) return fetched
  const folder = join(fetched.directory, 'node_modules', name)
  const executable = ['bin/node', 'bin/node.exe', 'node.exe']
    .map((file) => join(folder, file))
    .find((file) => existsSync(file))
  if (executable === undefined) return { failure: `${name}@${version} has no program` }
  const found = await versionOf(executable)
  return found === version ? { version, executable } : { failure: `${name}@${version} says ${found}` }
}

/** The version a Node says it is, or why it does not run on this machine. */
async function versionOf(executable: string): Promise<string> {
  try {
    return (await run(executable, ['--version'])).stdout.trim().replace(/^v/, '')
  } catch (error) {
    return (error as Error).message.split('\n')[0] ?? ''
  }
}
