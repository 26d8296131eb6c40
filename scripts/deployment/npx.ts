import { spawn } from 'node:child_process'
import { projectPath } from '../project.ts'

/** A program of the npm registry, run in the project's folder without being installed there. */
export interface NpxCommand {
  /** With its exact version: what the next one does is not known. */
  package: string
  program: string
  args: readonly string[]
}

function npxArguments({ package: name, program, args }: NpxCommand): string[] {
  return ['--yes', '-p', name, program, ...args]
}

/** The command as one would type it. */
export function commandLine(command: NpxCommand): string {
  return `npx ${npxArguments(command).join(' ')}`
}

/** Runs it, its output shown as it comes. @returns its exit code */
export function runNpx(command: NpxCommand): Promise<number> {
  // npx is a script of its own name on Windows, which only a shell finds.
  const shell = process.platform === 'win32'
  const child = spawn('npx', npxArguments(command), { cwd: projectPath('.'), stdio: 'inherit', shell })
  return new Promise((resolve) => {
    child.on('close', (code) => resolve(code ?? 1))
    child.on('error', () => resolve(1))
  })
}
