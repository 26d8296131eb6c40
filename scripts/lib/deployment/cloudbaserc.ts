import { type BuiltFunctionFolder, VARIABLES_FILE } from '../build/built-function.ts'
import { type DeploymentPlan, FUNCTIONS_FOLDER } from './plan.ts'

/** Longer than the functions' own time limit plus a slow start, so that they answer before the platform ends them. */
const TIMEOUT_SECONDS = 5
const MEMORY_MEGABYTES = 256

/**
 * The configuration file of CloudBase CLI (https://docs.cloudbase.net/cli-v1/config). It holds no secret: the CLI
 * itself fills in `{{env.NAME}}` from `.env` in the folder it is run in.
 * @param runtimeOf the platform's name of the Node that runs a function
 */
export function cloudbaserc(
  { cloudEnv, functions }: DeploymentPlan,
  runtimeOf: (folder: BuiltFunctionFolder) => string,
): object {
  return {
    version: '2.0',
    envId: cloudEnv,
    functionRoot: FUNCTIONS_FOLDER,
    functions: functions.map((folder) => functionEntry(folder, runtimeOf(folder))),
  }
}

function functionEntry(folder: BuiltFunctionFolder, runtime: string): object {
  const { name, timeoutSeconds, triggers, variables } = folder
  const references = Object.fromEntries(variables.map((variable) => [variable, `{{env.${variable}}}`]))
  return {
    name,
    handler: 'index.main',
    runtime,
    timeout: timeoutSeconds ?? TIMEOUT_SECONDS,
    memorySize: MEMORY_MEGABYTES,
    installDependency: false,
    // The variables are sent as environment variables, so the package needs none.
    ignore: [VARIABLES_FILE],
    ...(variables.length === 0 ? {} : { envVariables: references }),
    ...(triggers.length === 0 ? {} : { triggers }),
  }
}
