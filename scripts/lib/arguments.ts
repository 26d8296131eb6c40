import { type ParseArgsConfig, parseArgs } from 'node:util'
import { fail } from './project.ts'

/**
 * Parses the arguments of a command. `--help` prints the usage and ends the program. An invalid argument ends it with a
 * line that names the argument, and the usage.
 * @param usage a line for each way to call the command; explanations are Chinese first
 */
export function readArguments<const Config extends ParseArgsConfig>(
  usage: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  const given = process.argv.slice(2)
  if (given.includes('--help') || given.includes('-h')) {
    console.log(usage)
    process.exit()
  }
  try {
    return parseArgs(config)
  } catch (error) {
    // The first sentence names the argument; the others are advice to the author of the command.
    const [problem] = (error as Error).message.split('. ')
    fail(`参数有误 · arguments: ${problem}\n${usage}`)
  }
}
