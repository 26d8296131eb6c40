import { buildProjectOrFail } from '../build/build-project.ts'
import { type BuiltFunctionFolder, readBuiltFunctions, totalBytes } from '../build/built-function.ts'
import { checkSecrets } from '../doctor/secrets.ts'
import { fail, projectPath } from '../project.ts'
import { isAppid, isCloudEnv, readSettings } from '../settings.ts'

export const FUNCTIONS_FOLDER = 'dist/cloudfunctions'

/** What is to be sent, and where to. */
export interface DeploymentPlan {
  appid: string
  cloudEnv: string
  functions: readonly BuiltFunctionFolder[]
}

export interface PlanOptions {
  /** Names of functions; all when empty. */
  only?: readonly string[]
  /** The secrets are set in the cloud console alone, so there need not be any here. */
  secretsInConsole: boolean
}

/**
 * Builds the functions from the sources and checks that they would run. Ends the program if this clone is not set up, a
 * named function does not exist, or the functions refuse their secrets.
 */
export async function preparePlan({ only = [], secretsInConsole }: PlanOptions): Promise<DeploymentPlan> {
  const { appid, cloudEnv } = readSettings()
  if (appid === undefined || cloudEnv === undefined || !isAppid(appid) || !isCloudEnv(cloudEnv)) {
    fail('请先 npm run setup：没有 AppID 或云环境 ID · run that first: no appid or cloud environment is set')
  }
  const environmentFile = secretsInConsole ? null : projectPath('.env')
  await buildProjectOrFail(environmentFile)
  for (const { level, found, todo } of await checkSecrets(projectPath(FUNCTIONS_FOLDER), secretsInConsole)) {
    if (level === 'error') fail(`${found} → ${todo}`)
  }
  const functions = readBuiltFunctions(projectPath(FUNCTIONS_FOLDER))
  for (const name of only) {
    if (!functions.some((folder) => folder.name === name))
      fail(`--function ${name}: 没有这个云函数 · there is no such function`)
  }
  return {
    appid,
    cloudEnv,
    functions: functions.filter(({ name }) => only.length === 0 || only.includes(name)),
  }
}

/** Prints every file with its size and the start of its SHA-256, and the names of the variables. */
export function printPlan({ appid, cloudEnv, functions }: DeploymentPlan): void {
  console.log(`小程序 mini-program  ${appid}\n云环境 environment   ${cloudEnv}`)
  for (const folder of functions) {
    console.log(`\n${folder.name}  ${kilobytes(totalBytes(folder))}`)
    for (const { path, bytes, hash } of folder.files) {
      const content =
        hash === undefined ? `变量 variables: ${folder.variables.join(', ')}` : hash.slice(0, 16)
      console.log(`  ${path.padEnd(14)}${kilobytes(bytes).padStart(10)}  ${content}`)
    }
    if (folder.openapi.length > 0) console.log(`  openapi: ${folder.openapi.join(', ')}`)
    for (const { name, config } of folder.triggers) console.log(`  定时 timer: ${name} ${config}`)
  }
}

function kilobytes(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KB`
}
