import { type BuiltFunctionFolder, VARIABLES_FILE } from './built-function.ts'
import { type DeploymentPlan, FUNCTIONS_FOLDER } from './plan.ts'

/** Node runtimes of the platform that the built functions are tested on. */
export const RUNTIMES = ['Nodejs16.13', 'Nodejs18.15', 'Nodejs20.19'] as const
export type Runtime = (typeof RUNTIMES)[number]

/** Longer than functions give themselves, so that they answer before they are ended, a slow start included. */
const TIMEOUT_SECONDS = 5
const MEMORY_MEGABYTES = 256

/**
 * The configuration file of CloudBase CLI (https://docs.cloudbase.net/cli-v1/config). It holds no secret: the CLI
 * itself fills in `{{env.NAME}}` from `.env` in the folder it is run in.
 */
export function cloudbaserc({ cloudEnv, functions }: DeploymentPlan, runtime: Runtime): object {
  return {
    version: '2.0',
    envId: cloudEnv,
    functionRoot: FUNCTIONS_FOLDER,
    functions: functions.map((folder) => functionEntry(folder, runtime)),
  }
}

function functionEntry(folder: BuiltFunctionFolder, runtime: Runtime): object {
  const { name, timeoutSeconds, triggers, variables } = folder
  const references = Object.fromEntries(variables.map((variable) => [variable, `{{env.${variable}}}`]))
  return {
    name,
    handler: 'index.main',
    runtime,
    timeout: timeoutSeconds ?? TIMEOUT_SECONDS,
    memorySize: MEMORY_MEGABYTES,
    installDependency: false,
    // The variables go the proper way, so they need not be in the package as well.
    ignore: [VARIABLES_FILE],
    ...(variables.length === 0 ? {} : { envVariables: references }),
    ...(triggers.length === 0 ? {} : { triggers }),
  }
}
