import { CommandError } from './command-error.ts'
import { type CommandName, readCommandLine } from './command-line.ts'
import { usageOf } from './usage.ts'

/** Runs the command with its arguments. A mistake ends the program with one line. */
export async function runCommand(
  defaults: CommandName = { name: 'wechat-cloud-emulator' },
  argv: readonly string[] = process.argv.slice(2),
): Promise<void> {
  if (argv.includes('--help') || argv.includes('-h')) {
    console.log(usageOf(defaults.name))
    return
  }
  try {
    const line = readCommandLine(argv, defaults)
    // Most of the program: a wrong argument need not wait for it.
    const { startProject } = await import('./start-project.ts')
    await startProject(line)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    console.error(error.message)
    process.exit(1)
  }
}
