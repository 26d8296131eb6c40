/**
 * `npm run deploy`: shows what would be sent and sends nothing. `-- --yes` updates the functions by miniprogram-ci
 * (WeChat's own tool, fetched by npx), which needs the upload key and this machine's address in its whitelist.
 *
 * It updates functions that exist. A function that does not exist would be created on Node 8.9 with 3 s and no
 * variables, and the tool has no way to list those that do, so this asks, or takes `--created-in-devtools` as an answer.
 * `--function NAME` (more than once) sends those alone; `--key FILE` names the key.
 */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { readArguments } from './arguments.ts'
import { Conversation } from './conversation.ts'
import type { BuiltFunctionFolder } from './deployment/built-function.ts'
import { commandLine, type NpxCommand, runNpx } from './deployment/npx.ts'
import { FUNCTIONS_FOLDER, preparePlan, printPlan } from './deployment/plan.ts'
import { giveUp, projectPath } from './project.ts'
import { readSettings } from './settings.ts'

const USAGE = `npm run deploy
npm run deploy -- --yes [--created-in-devtools] [--function NAME]… [--key FILE] [--secrets-in-console]`
const TOOL = 'miniprogram-ci@2.1.42'

const { values } = readArguments(USAGE, {
  options: {
    yes: { type: 'boolean', default: false },
    'created-in-devtools': { type: 'boolean', default: false },
    'secrets-in-console': { type: 'boolean', default: false },
    function: { type: 'string', multiple: true, default: [] },
    key: { type: 'string' },
  },
})

const { appid } = readSettings()
const key = values.key ?? `private.${appid}.key`
if (values.yes && appid !== undefined) requireKey()
const plan = await preparePlan({ only: values.function, secretsInConsole: values['secrets-in-console'] })
const names = plan.functions.map(({ name }) => name).join('、')
printPlan(plan)
console.log('\n命令 commands')
for (const folder of plan.functions) console.log(`  ${commandLine(upload(folder))}`)
console.log(
  '\n不会发送 not sent: 运行环境、超时、内存、环境变量、openapi 权限、触发器 · runtime, time limit, memory, variables, openapi permissions, timers',
)
if (values.yes) await send()
else console.log('\n这是预演，什么都没有发送 · a dry run, nothing was sent: npm run deploy -- --yes')

function upload({ name }: BuiltFunctionFolder): NpxCommand {
  const project = ['--pp', '.', '--pkp', key, '--appid', plan.appid]
  const target = ['--env', plan.cloudEnv, '--name', name, '--path', `${FUNCTIONS_FOLDER}/${name}`]
  return {
    package: TOOL,
    program: 'miniprogram-ci',
    args: ['cloud', 'functions', 'upload', ...project, ...target, '--remote-npm-install', 'false'],
  }
}

function requireKey(): void {
  if (existsSync(resolve(projectPath('.'), key))) return
  giveUp(
    `没有上传密钥 ${key}：mp.weixin.qq.com → 开发管理 → 开发设置 → 小程序代码上传，下载密钥并把本机 IP 加入白名单 · no upload key: download it there, and put this machine’s address on the whitelist`,
  )
}

async function send(): Promise<void> {
  if (!values['created-in-devtools'] && !(await areCreated())) {
    giveUp(
      '没有发送：请先在微信开发者工具里对每个云函数「上传并部署」一次 · not sent: first 上传并部署 each function once in WeChat DevTools',
    )
  }
  for (const folder of plan.functions) {
    if ((await runNpx(upload(folder))) !== 0)
      giveUp(`${folder.name} 上传失败，已停止 · failed, stopped here: docs/troubleshooting.md`)
  }
  console.log(`\n已更新 updated: ${names}`)
}

async function areCreated(): Promise<boolean> {
  const conversation = new Conversation()
  const answer = await conversation.ask(
    `\n${names} 都已在云环境 ${plan.cloudEnv} 里创建了吗？ · do all of these exist there already? [yes/no] `,
  )
  conversation.end()
  return answer?.toLowerCase() === 'yes'
}
