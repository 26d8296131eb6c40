import type { BuiltFunctionFolder } from '../build/built-function.ts'
import { fail } from '../project.ts'
import { Prompt } from '../prompt.ts'
import { readSettings } from '../settings.ts'
import { requireCommitted } from './committed.ts'
import { adviceFor } from './failure.ts'
import { commandLine, type NpxCommand, runNpx } from './npx.ts'
import { type DeploymentPlan, FUNCTIONS_FOLDER, preparePlan, printPlan } from './plan.ts'
import { MINIPROGRAM_CI } from './tools.ts'
import { requireUploadKey, uploadKeyFile } from './upload-key.ts'

export interface FunctionOptions {
  /** Send; otherwise show only. */
  isConfirmed: boolean
  areCreated: boolean
  secretsInConsole: boolean
  isUncommittedAllowed: boolean
  /** Names of functions; all when empty. */
  only: readonly string[]
  key: string | undefined
}

/**
 * Shows the functions that would be sent, and updates them if confirmed. A function that does not exist would be created on
 * Node 8.9 with 3 s and no variables, and the tool cannot list those that do, so this asks.
 */
export async function sendFunctions(options: FunctionOptions): Promise<void> {
  const { appid } = readSettings()
  const key = uploadKeyFile(options.key, appid)
  if (options.isConfirmed && appid !== undefined) {
    requireUploadKey(key)
    requireCommitted(options.isUncommittedAllowed)
  }
  const plan = await preparePlan({ only: options.only, secretsInConsole: options.secretsInConsole })
  printPlan(plan)
  const commands = plan.functions.map((folder) => ({ folder, command: upload(plan, key, folder) }))
  console.log('\n命令 commands')
  for (const { command } of commands) console.log(`  ${commandLine(command)}`)
  console.log(
    '\n不会发送 not sent: 运行环境、超时、内存、环境变量、openapi 权限、触发器 · runtime, time limit, memory, variables, openapi permissions, timers',
  )
  if (!options.isConfirmed) {
    console.log('\n这是预演，什么都没有发送 · a dry run, nothing was sent: npm run deploy -- --yes')
    return
  }
  if (!options.areCreated && !(await askWhetherCreated(plan))) {
    fail(
      '没有发送：请先在微信开发者工具里对每个云函数「上传并部署」一次 · not sent: first 上传并部署 each function once in WeChat DevTools',
    )
  }
  for (const { folder, command } of commands) {
    const { code, output } = await runNpx(command)
    if (code !== 0) fail(`${folder.name} 上传失败，已停止 · failed, stopped here → ${adviceFor(output)}`)
  }
  console.log(`\n已更新 updated: ${namesOf(plan)}`)
}

function upload({ appid, cloudEnv }: DeploymentPlan, key: string, { name }: BuiltFunctionFolder): NpxCommand {
  const project = ['--pp', '.', '--pkp', key, '--appid', appid]
  const target = ['--env', cloudEnv, '--name', name, '--path', `${FUNCTIONS_FOLDER}/${name}`]
  return {
    package: MINIPROGRAM_CI,
    program: 'miniprogram-ci',
    args: ['cloud', 'functions', 'upload', ...project, ...target, '--remote-npm-install', 'false'],
  }
}

function namesOf({ functions }: DeploymentPlan): string {
  return functions.map(({ name }) => name).join('、')
}

async function askWhetherCreated(plan: DeploymentPlan): Promise<boolean> {
  const conversation = new Prompt()
  const answer = await conversation.ask(
    `\n${namesOf(plan)} 都已在云环境 ${plan.cloudEnv} 里创建了吗？ · do all of these exist there already? [yes/no] `,
  )
  conversation.close()
  return answer?.toLowerCase() === 'yes'
}
