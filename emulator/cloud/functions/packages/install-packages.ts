import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DeclaredPackages } from './declared-packages.ts'

const NPM_ARGUMENTS = [
  'install',
  '--omit=dev',
  // No code of a package runs before a function requires it.
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--prefer-offline',
  // Old projects ask for peers that no longer agree.
  '--legacy-peer-deps',
  // Old lock files name mirrors that are gone.
  '--replace-registry-host=always',
  '--loglevel=error',
]

/**
 * Installs packages into a folder, which exists only once everything is there.
 * @throws Error with the last lines of npm
 */
export async function installPackages(
  { directory, dependencies }: DeclaredPackages,
  folder: string,
): Promise<void> {
  const unfinished = `${folder}.${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  try {
    writeFileSync(join(unfinished, 'package.json'), JSON.stringify({ private: true, dependencies }))
    const lock = join(directory, 'package-lock.json')
    if (existsSync(lock)) copyFileSync(lock, join(unfinished, 'package-lock.json'))
    await runNpm(unfinished)
    renameSync(unfinished, folder)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

function runNpm(cwd: string): Promise<void> {
  const script = npmScript()
  const [command, leading] = script === undefined ? ['npm', []] : [process.execPath, [script]]
  return new Promise((resolve, reject) => {
    const npm = spawn(command, [...leading, ...NPM_ARGUMENTS], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      // npm is a script of the shell on Windows; the arguments are all from here.
      shell: script === undefined && process.platform === 'win32',
    })
    let output = ''
    const add = (data: Buffer) => {
      output = (output + data.toString()).slice(-4000)
    }
    npm.stdout.on('data', add)
    npm.stderr.on('data', add)
    npm.once('error', (error) => reject(new Error(`npm install: ${error.message}`)))
    npm.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`npm install 失败 failed: ${excerpt(output)}`)),
    )
  })
}

/** npm's own words without its advice and the name of its log file. */
function excerpt(output: string): string {
  const lines = output.split('\n').map((line) => line.replace(/^npm (?:error|ERR!)\s*/, '').trim())
  return lines
    .filter((line) => line !== '' && !line.includes('complete log'))
    .slice(0, 5)
    .join(' | ')
}

/** The npm that comes with this Node; undefined if it is somewhere else. */
function npmScript(): string | undefined {
  const folder = dirname(process.execPath)
  const candidates = [
    join(folder, 'node_modules/npm/bin/npm-cli.js'),
    join(folder, '../lib/node_modules/npm/bin/npm-cli.js'),
  ]
  return candidates.find((file) => existsSync(file))
}
