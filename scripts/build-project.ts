import { BuildError, type BuiltFunction, buildFunctions } from './build-functions.ts'
import { giveUp, projectPath } from './project.ts'

/**
 * cloudfunctions/ → dist/cloudfunctions/.
 * @param environmentFile see BuildOptions
 * @param onWarning by default the line goes to the terminal
 * @throws BuildError
 */
export function buildProject(
  environmentFile?: string | null,
  onWarning: (line: string) => void = warn,
): Promise<BuiltFunction[]> {
  return buildFunctions({
    source: projectPath('cloudfunctions'),
    target: projectPath('dist/cloudfunctions'),
    onWarning,
    ...(environmentFile === undefined ? {} : { environmentFile }),
  })
}

function warn(line: string): void {
  console.error(`警告 warning: ${line}`)
}

/** The same for a command line: a mistake in the source ends the program with what and where it is. */
export async function buildProjectOrGiveUp(environmentFile?: string | null): Promise<BuiltFunction[]> {
  try {
    return await buildProject(environmentFile)
  } catch (error) {
    if (!(error instanceof BuildError)) throw error
    giveUp(error.message)
  }
}
