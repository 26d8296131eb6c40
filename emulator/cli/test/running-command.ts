import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** The command in a process of its own. */
export interface RunningCommand {
  /** Of phones and console; undefined if it ended before it said so. */
  address: string | undefined
  /** All it has written so far, to the terminal. */
  output(): string
  /** Resolves once it has written the text. */
  untilWritten(text: string): Promise<void>
  /** Ctrl-C. @returns its exit code */
  stop(): Promise<number | null>
}

/** Starts the command in a folder, and waits until it says its address or ends. */
export async function startCommand(
  program: string,
  folder: string,
  args: readonly string[],
): Promise<RunningCommand> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = once(child, 'close')
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
  const address = () => /http:\/\/127[^\s"]+/.exec(output)?.[0]
  const untilWritten = async (isWritten: () => boolean) => {
    while (!isWritten() && child.exitCode === null)
      await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), ended])
  }
  await untilWritten(() => address() !== undefined)
  if (address() === undefined) await ended
  return {
    address: address(),
    output: () => output,
    untilWritten: (text) => untilWritten(() => output.includes(text)),
    stop: async () => {
      child.kill('SIGINT')
      await ended
      return child.exitCode
    },
  }
}
