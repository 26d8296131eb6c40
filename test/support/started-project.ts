import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** `npm start` in a process of its own. */
export interface StartedProject {
  /** Of phones and console. */
  address: string
  /** All it has written so far. */
  output(): string
  /** Resolves with all it has written once that has the pattern. */
  outputWith(pattern: RegExp): Promise<string>
  /** Ctrl-C. @returns its exit code */
  stop(): Promise<number | null>
}

/**
 * @param root of the project to be started; its data is kept in it, unless `--data` of the arguments says otherwise
 * @throws Error with what it wrote, when it ends before it says its address
 */
export async function startProject(root: string, args: readonly string[] = []): Promise<StartedProject> {
  const command = [
    'emulator/bin/run.js',
    'scripts/start.ts',
    '--port',
    '0',
    '--data',
    join(root, '.cloud'),
    ...args,
  ]
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const address = await new Promise<string>((resolve, reject) => {
    const hear = (data: Buffer) => {
      output += data
      const [found] = /http:\/\/\S+/.exec(output) ?? []
      if (found !== undefined) resolve(found)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(output)))
  })
  const stop = async () => {
    if (child.exitCode !== null) return child.exitCode
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    return (await ended)[0] as number | null
  }
  const outputWith = async (pattern: RegExp) => {
    while (!pattern.test(output)) await new Promise((resolve) => setTimeout(resolve, 20))
    return output
  }
  return { address, output: () => output, outputWith, stop }
}
