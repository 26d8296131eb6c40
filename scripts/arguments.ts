import { type ParseArgsConfig, parseArgs } from 'node:util'
import { giveUp } from './project.ts'

/**
 * What a command was called with. `--help` prints how it is called and ends it well; arguments that make no sense end
 * it with a line on which one, and the same.
 * @param usage a line for each way to call it, Chinese first where it explains
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
    // The first sentence names the argument; the others are advice to whoever wrote the command.
    const [problem] = (error as Error).message.split('. ')
    giveUp(`参数有误 · arguments: ${problem}\n${usage}`)
  }
}
