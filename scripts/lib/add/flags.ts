import type { parseArgs } from 'node:util'
import type { GivenOptions } from './options.ts'
import { Refusal } from './refusal.ts'

export const FLAGS = {
  to: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  dirty: { type: 'boolean', default: false },
  remove: { type: 'boolean', default: false },
  name: { type: 'string' },
  home: { type: 'string' },
  theme: { type: 'string' },
  env: { type: 'string' },
  nickname: { type: 'string' },
  collections: { type: 'string' },
  owned: { type: 'string' },
  functions: { type: 'string' },
  guard: { type: 'string', multiple: true },
  'account-tab': { type: 'string' },
  'no-phone': { type: 'boolean', default: false },
  'auth-root': { type: 'string' },
  'account-root': { type: 'string' },
} as const

export type Flags = ReturnType<typeof parseArgs<{ options: typeof FLAGS }>>['values']

/** @param needsFolder whether `--to` must be given */
export function usageOf(command: string, needsFolder: boolean): string {
  const to = needsFolder ? '--to ../my-app' : '[--to ../my-app]'
  return `${command} ${to} [--dry-run] [--yes]   把登录加进已有的小程序，或更新它 · adds the login to an app, or updates it
${command} ${to} --remove                 取出 · takes it out again
  --name 应用名 · the app's name          --home pages/index/index 首页 · home page
  --theme #rrggbb 主色 · main colour      --env 云环境ID · cloud environment
  --nickname 新用户的昵称 · of a new user  --owned notes,orders 属于用户的集合 · collections whose documents are a user's
  --collections users=auth_users,…  集合改名 · other names of the login's collections
  --functions built|sources         编译好的云函数，或连同源码 · built functions, or their sources too
  --guard orders                    自己的云函数用的 auth-guard.js · the guard, for functions of your own
  --account-tab pages/me/me         把账号页做成 tab · the account page as a tab
  --no-phone                        不要求手机号 · allows a login without a number
  --auth-root, --account-root       登录的两个文件夹 · names of the login's two folders
  --dirty                           有未提交的改动也写入 · also with uncommitted changes`
}

/** @throws Refusal for a value that cannot be one */
export function givenOptions(flags: Flags): GivenOptions {
  const { functions } = flags
  if (functions !== undefined && functions !== 'built' && functions !== 'sources') {
    throw new Refusal(`--functions ${functions}：built 或 sources · built or sources`)
  }
  return {
    name: flags.name,
    home: flags.home?.replace(/^\//, ''),
    theme: flags.theme,
    cloudEnv: flags.env,
    nickname: flags.nickname,
    collections: flags.collections === undefined ? undefined : readRenames(flags.collections),
    owned: flags.owned === undefined ? undefined : listOf(flags.owned),
    functions,
    accountTab: flags['account-tab']?.replace(/^\//, ''),
    guard: flags.guard?.flatMap(listOf),
    phoneRequired: flags['no-phone'] ? false : undefined,
    authRoot: flags['auth-root'],
    accountRoot: flags['account-root'],
  }
}

/** `users=auth_users,audit_logs=auth_logs` */
export function readRenames(text: string): Record<string, string> {
  return Object.fromEntries(
    listOf(text).map((rename) => {
      const [from = '', to = '', ...others] = rename.split('=').map((name) => name.trim())
      if (from !== '' && to !== '' && others.length === 0) return [from, to]
      throw new Refusal(`--collections ${rename}：写作 users=auth_users · is written users=auth_users`)
    }),
  )
}

function listOf(text: string): string[] {
  return text
    .split(/[,，]/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
