import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url))
/** The packages that are installed here. */
export const INSTALLED = fileURLToPath(new URL('../../../node_modules', import.meta.url))

/**
 * Packs the package as it is published and unpacks it below a folder, with the packages that it needs linked to those
 * installed here.
 * @returns the program's path
 */
export function installPacked(folder: string): string {
  const npm = process.env['npm_execpath'] ?? 'npm'
  const [program, first] = npm.endsWith('js') ? [process.execPath, [npm]] : [npm, []]
  const isShell = program === 'npm' && process.platform === 'win32'
  const packed = execFileSync(program, [...first, 'pack', '--silent', '--pack-destination', folder], {
    cwd: PACKAGE,
    shell: isShell,
    encoding: 'utf8',
  })
  const target = join(folder, 'node_modules/wechat-cloud-emulator')
  mkdirSync(target, { recursive: true })
  execFileSync('tar', ['-xzf', packed.trim(), '-C', target, '--strip-components=1'], { cwd: folder })
  symlinkSync(INSTALLED, join(target, 'node_modules'), 'junction')
  return join(target, 'bin/wechat-cloud-emulator.js')
}

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
