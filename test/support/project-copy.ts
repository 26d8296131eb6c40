import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyProject } from '../../scripts/lib/copy-project.ts'

const CONFIG = 'miniprogram/app-config.ts'

export interface Run {
  output: string
  errors: string
  code: number | null
}

/**
 * A fresh clone of the project in a folder of its own, where commands may write. It is tied to
 * no mini-program, whatever this clone is tied to.
 */
export class ProjectCopy {
  readonly directory = copyProject('project-')

  constructor() {
    this.write(
      'project.config.json',
      this.read('project.config.json').replace(/wx[0-9a-f]{16}/, 'touristappid'),
    )
    this.write(CONFIG, this.read(CONFIG).replace(/cloudEnv: '.*'/, "cloudEnv: ''"))
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true })
  }

  path(path: string): string {
    return join(this.directory, path)
  }

  has(path: string): boolean {
    return existsSync(this.path(path))
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8')
  }

  write(path: string, text: string): void {
    writeFileSync(this.path(path), text)
  }

  /** Changes one place of a file, which must be there. */
  edit(path: string, from: string | RegExp, to: string): void {
    const before = this.read(path)
    const after = before.replace(from, to)
    if (after === before) throw new Error(`${path} has no ${from}`)
    this.write(path, after)
  }

  /** `npm run <script> -- <args>`, without npm. */
  run(script: string, args: readonly string[] = [], options: RunOptions = {}): Promise<Run> {
    const command = [process.execPath, 'emulator/bin/run.js', `scripts/${script}.ts`, ...args]
    return this.#spawn(command, options)
  }

  /** One command, in the shell that the system has: `sh`, or `cmd` on Windows. */
  shell(command: string, options: RunOptions = {}): Promise<Run> {
    return this.#spawn([command], { ...options, isShell: true })
  }

  #spawn(
    [program = '', ...args]: string[],
    { input = '', environment = {}, isShell = false }: RunOptions,
  ): Promise<Run> {
    const child = spawn(program, args, {
      cwd: this.directory,
      env: { ...process.env, ...environment },
      shell: isShell,
    })
    const result: Run = { output: '', errors: '', code: null }
    child.stdout.on('data', (data) => {
      result.output += data
    })
    child.stderr.on('data', (data) => {
      result.errors += data
    })
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    return new Promise((resolve) => child.on('close', (code) => resolve({ ...result, code })))
  }
}

interface RunOptions {
  /** What is typed. */
  input?: string
  environment?: Readonly<Record<string, string>>
  /** The command is a line for the system's shell. */
  isShell?: boolean
}
