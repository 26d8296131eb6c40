/**
 * `npm run setup`: ties this clone to one mini-program. Asks for the appid and the cloud environment's id, or takes
 * them as `-- --appid wx… --env …`; `--yes` asks nothing and keeps what is set. Makes `.env` if there are no secrets.
 */
import { readArguments } from './lib/arguments.ts'
import { SETTINGS } from './lib/function-variables.ts'
import { ensureSecrets, HalfSecrets } from './lib/keys/env-file.ts'
import { fail, projectPath } from './lib/project.ts'
import { Prompt } from './lib/prompt.ts'
import { isAppid, isCloudEnv, readSettings, writeSettings } from './lib/settings.ts'

interface Question {
  prompt: string
  flag: string | undefined
  known: string | undefined
  isValid: (text: string) => boolean
  hint: string
}

const { values } = readArguments('npm run setup [-- --appid wx… --env 云环境ID] [-- --yes]', {
  options: { appid: { type: 'string' }, env: { type: 'string' }, yes: { type: 'boolean', default: false } },
})
const known = readSettings()
const isWithoutQuestions = values.yes || (values.appid !== undefined && values.env !== undefined)
const conversation = isWithoutQuestions ? undefined : new Prompt()

const appid = await settle({
  prompt: 'AppID',
  flag: values.appid,
  known: known.appid,
  isValid: isAppid,
  hint: 'AppID 是 wx 加 16 位十六进制小写字符，在 mp.weixin.qq.com → 开发管理 → 开发设置 · an appid is wx and 16 hexadecimal digits (--appid)',
})
const cloudEnv = await settle({
  prompt: '云环境 ID · cloud environment id',
  flag: values.env,
  known: known.cloudEnv,
  isValid: isCloudEnv,
  hint: '云环境 ID 形如 cloud1-5g2k8x1a9c0d3e7f，在微信开发者工具 → 云开发 → 设置，不是环境名称 · the environment’s id looks like that, its name alone is not it (--env)',
})
conversation?.close()

writeSettings({ appid, cloudEnv })
console.log(`✓ project.config.json  appid ${appid}`)
console.log(`✓ miniprogram/app-config.ts  cloudEnv ${cloudEnv}`)
console.log(`✓ .env  ${secrets()}`)
console.log('\n可选设置，写入 .env · optional settings, for .env: docs/zh-CN/customise.md')
for (const { name, values, meaning } of SETTINGS) console.log(`  ${name}=${values}\n      ${meaning}`)
console.log(`
接下来 · next
  1  填写协议和隐私政策里的【…】 · fill in 【…】 in miniprogram/account/legal/*.ts
  2  npm run build
  3  npm run doctor    还差什么 · what is missing
  4  docs/zh-CN/deploy.md    三种部署方式 · three ways to deploy`)

/** @returns a valid value: the flag's, else the typed one, else the one that is set already */
async function settle({ prompt, flag, known, isValid, hint }: Question): Promise<string> {
  if (flag !== undefined) return isValid(flag) ? flag : fail(`${flag}: ${hint}`)
  if (!conversation) return known !== undefined && isValid(known) ? known : fail(`${prompt}: ${hint}`)
  for (;;) {
    const typed = await conversation.ask(`${prompt}${known === undefined ? '' : ` [${known}]`}: `)
    if (typed === undefined) fail('没有完成设置，什么都没有写入 · not set up, nothing was written')
    const value = typed === '' ? known : typed
    if (value !== undefined && isValid(value)) return value
    console.log(hint)
  }
}

function secrets(): string {
  try {
    const done = ensureSecrets(projectPath('.env'))
    if (done === 'kept') return '已有密钥，未改动 · has secrets, left as they are'
    return '已生成密钥，请妥善备份：丢失后所有用户都无法识别 · secrets made; keep a copy: without them no user is known any more'
  } catch (error) {
    if (!(error instanceof HalfSecrets)) throw error
    fail(
      '.env 只有 LOGIN_SECRETS 和 INDEX_SECRET 之一：请从备份恢复另一个 · .env has only one of the two secrets: restore the other from your copy',
    )
  }
}
