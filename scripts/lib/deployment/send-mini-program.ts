import { readFileSync } from 'node:fs'
import { checkTypes } from '../doctor/machine.ts'
import { checkMiniProgram } from '../doctor/mini-program.ts'
import { fail, projectPath } from '../project.ts'
import { isAppid, isCloudEnv, readSettings } from '../settings.ts'
import { currentCommit, requireCommitted } from './committed.ts'
import { adviceFor } from './failure.ts'
import { commandLine, type NpxCommand, runNpx } from './npx.ts'
import { MINIPROGRAM_CI } from './tools.ts'
import { requireUploadKey, uploadKeyFile } from './upload-key.ts'

export interface MiniProgramOptions {
  /** `upload` makes a version in 版本管理, `preview` a QR code for 开发版. */
  action: 'upload' | 'preview'
  isConfirmed: boolean
  isUncommittedAllowed: boolean
  key: string | undefined
  version: string | undefined
  description: string | undefined
  robot: string
  /** A picture for the QR code of a preview; the terminal without it. */
  qrCode: string | undefined
}

interface Upload {
  appid: string
  version: string
  description: string
}

/** Shows what would be uploaded, and uploads it if confirmed. Checks first what WeChat's tool does not: types and texts. */
export async function sendMiniProgram(options: MiniProgramOptions): Promise<void> {
  const { action, isConfirmed, robot } = options
  const { appid, cloudEnv } = requireSettings()
  const upload: Upload = { appid, version: versionOf(options), description: descriptionOf(options) }
  requireRobot(robot)
  const key = uploadKeyFile(options.key, appid)
  if (isConfirmed) {
    requireUploadKey(key)
    requireCommitted(options.isUncommittedAllowed)
  }
  await requireComplete(action)
  const command = commandOf(options, upload, key)
  console.log(`小程序 mini-program  ${appid}
云环境 environment   ${cloudEnv}
版本 version         ${upload.version}（机器人 robot ${robot}）
备注 description     ${upload.description}

命令 command
  ${commandLine(command)}`)
  if (!isConfirmed) {
    console.log(`\n这是预演，什么都没有发送 · a dry run, nothing was sent: npm run deploy -- ${action} --yes`)
    return
  }
  const { code, output } = await runNpx(command)
  if (code !== 0) fail(`${action} 失败 · failed → ${adviceFor(output)}`)
  console.log(
    action === 'upload'
      ? `\n已上传 uploaded: mp.weixin.qq.com → 版本管理 → 开发版本（ci机器人${robot}） → 选为体验版`
      : '\n扫码打开开发版 · scan the code to open it',
  )
}

function requireSettings(): { appid: string; cloudEnv: string } {
  const { appid, cloudEnv } = readSettings()
  if (appid !== undefined && cloudEnv !== undefined && isAppid(appid) && isCloudEnv(cloudEnv)) {
    return { appid, cloudEnv }
  }
  fail('请先 npm run setup：没有 AppID 或云环境 ID · run that first: no appid or cloud environment is set')
}

function versionOf({ version }: MiniProgramOptions): string {
  const { version: ofPackage } = JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as {
    version?: string
  }
  const wanted = version ?? ofPackage ?? ''
  if (/^[\w.-]{1,32}$/.test(wanted)) return wanted
  fail(`--version ${wanted}: 形如 1.2.3 · such as 1.2.3`)
}

/** Signs that no shell reads as its own. */
const DESCRIPTION = /^[\p{L}\p{N} ._,:，。：、()（）#/+@-]{1,120}$/u

function descriptionOf({ description }: MiniProgramOptions): string {
  const wanted = description ?? currentCommit() ?? 'npm run deploy'
  if (DESCRIPTION.test(wanted)) return wanted
  fail(
    '--desc: 1 到 120 个字，只用文字、数字、空格和 . , : ( ) # / + @ - · letters, digits, spaces and these signs only',
  )
}

function requireRobot(robot: string): void {
  if (!/^([1-9]|[12]\d|30)$/.test(robot)) fail(`--robot ${robot}: 1–30`)
}

/** Ends the program for what WeChat's tool takes and users would meet. A preview may have texts to fill in. */
async function requireComplete(action: MiniProgramOptions['action']): Promise<void> {
  const findings = [await checkTypes(), ...(action === 'upload' ? await checkMiniProgram() : [])]
  for (const { level, about, found, todo } of findings) {
    if (level === 'error') fail(`没有发送 · not sent: ${about}：${found} → ${todo}`)
  }
}

function commandOf(options: MiniProgramOptions, upload: Upload, key: string): NpxCommand {
  const { action, robot, qrCode } = options
  const project = ['--pp', '.', '--pkp', key, '--appid', upload.appid]
  const version = ['--uv', upload.version, '--ud', upload.description, '-r', robot]
  const picture =
    action === 'preview' && qrCode !== undefined
      ? ['--qrcode-format', 'image', '--qrcode-output-dest', qrCode]
      : []
  return {
    package: MINIPROGRAM_CI,
    program: 'miniprogram-ci',
    args: [action, ...project, ...version, '--use-project-config', 'true', ...picture],
  }
}
