import { writeGuard } from '../guard/write-guard.ts'
import { KeptBundles } from '../kept-bundles.ts'
import { fail, projectPath } from '../project.ts'
import { BuildError, type BuiltFunction, buildFunctions, type FunctionBundle } from './build-functions.ts'

/** The built functions, ready to be deployed. */
const FUNCTIONS_FOLDER = projectPath('dist/cloudfunctions')

/** The source maps of the functions, which stay on this machine. */
export const SOURCE_MAPS_FOLDER = projectPath('dist/source-maps')

/** Holds auth-guard.js, to be copied beside functions in plain JavaScript. */
export const GUARD_FOLDER = projectPath('dist/auth-guard')

/** What a program that builds again and again need not build again. */
export class KeptProject {
  readonly functions = new KeptBundles<FunctionBundle>()
  readonly guard = new KeptBundles<string>()
}

interface ProjectBuildOptions {
  /** Prints to the terminal by default. */
  onWarning?: (line: string) => void
  kept?: KeptProject
}

/**
 * cloudfunctions/ → dist/cloudfunctions/, dist/source-maps/ and dist/auth-guard/.
 * @param environmentFile see BuildOptions
 * @throws BuildError
 */
export async function buildProject(
  environmentFile?: string | null,
  { onWarning = warn, kept }: ProjectBuildOptions = {},
): Promise<BuiltFunction[]> {
  const source = projectPath('cloudfunctions')
  const built = await buildFunctions({
    source,
    target: FUNCTIONS_FOLDER,
    sourceMaps: SOURCE_MAPS_FOLDER,
    onWarning,
    ...(kept === undefined ? {} : { kept: kept.functions }),
    ...(environmentFile === undefined ? {} : { environmentFile }),
  })
  await writeGuard(source, GUARD_FOLDER, kept?.guard)
  return built
}

function warn(line: string): void {
  console.error(`警告 warning: ${line}`)
}

/** Builds the project for a command: an error in the source ends the program with its place and description. */
export async function buildProjectOrFail(environmentFile?: string | null): Promise<BuiltFunction[]> {
  try {
    return await buildProject(environmentFile)
  } catch (error) {
    if (!(error instanceof BuildError)) throw error
    fail(error.message)
  }
}
