import { spawn } from 'node:child_process'
import { projectPath } from '../project.ts'

/** A program of the npm registry, run in the project's folder without being installed there. */
export interface NpxCommand {
  /** With its exact version: one of `tools.ts`. */
  package: string
  program: string
  args: readonly string[]
}

export interface NpxResult {
  code: number
  /** Everything it has printed. */
  output: string
}

function npxArguments({ package: name, program, args }: NpxCommand): string[] {
  return ['--yes', '-p', name, program, ...args]
}

/** The command as one would type it. */
export function commandLine(command: NpxCommand): string {
  return `npx ${npxArguments(command).map(quoted).join(' ')}`
}

/** Arguments of ours hold letters, digits, spaces, JSON and a few signs, so that quotes are enough in every shell. */
function quoted(argument: string): string {
  return /[\s()"]/.test(argument) ? `"${argument.replaceAll('"', '\\"')}"` : argument
}

/** Runs it, its output shown as it comes unless `isQuiet`. */
export function runNpx(command: NpxCommand, { isQuiet = false } = {}): Promise<NpxResult> {
  // npx is a script of its own name on Windows, which only a shell finds.
  const shell = process.platform === 'win32'
  const args = shell ? npxArguments(command).map(quoted) : npxArguments(command)
  const child = spawn('npx', args, { cwd: projectPath('.'), stdio: ['inherit', 'pipe', 'pipe'], shell })
  const printed: string[] = []
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from.setEncoding('utf8').on('data', (text: string) => {
      printed.push(text)
      if (!isQuiet) to.write(text)
    })
  }
  return new Promise((resolve) => {
    const end = (code: number | null) => resolve({ code: code ?? 1, output: printed.join('') })
    child.on('close', end)
    child.on('error', () => end(1))
  })
}
