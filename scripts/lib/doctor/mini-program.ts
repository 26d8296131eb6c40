import { readFileSync, statSync } from 'node:fs'
import { readExports } from '../app-config/read-exports.ts'
import { filesBelow } from '../files-below.ts'
import { projectPath } from '../project.ts'
import { error, type Finding, ok } from './finding.ts'

/** https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages.html */
const MAXIMUM_PACKAGE_BYTES = 2 * 1024 * 1024

const ENGLISH_DOCUMENT = /^miniprogram\/account\/legal\/english-/
const APP_CONFIG = 'miniprogram/app-config.ts'

export async function checkMiniProgram(): Promise<Finding[]> {
  const files = filesBelow(projectPath('miniprogram')).map((file) => `miniprogram/${file}`)
  const english = await speaksEnglish()
  return [
    checkSize(files),
    checkAgreement(english ? files : files.filter((file) => !ENGLISH_DOCUMENT.test(file))),
  ]
}

/** Without `english` in its configuration the app shows no English document. What cannot be read may have it. */
async function speaksEnglish(): Promise<boolean> {
  try {
    const { appConfig } = await readExports(projectPath(APP_CONFIG))
    return !isRecord(appConfig) || appConfig.english !== undefined
  } catch {
    return true
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function checkSize(files: readonly string[]): Finding {
  const about = '小程序主包 · main package'
  const bytes = files.reduce((sum, file) => sum + statSync(projectPath(file)).size, 0)
  const found = `至多 ${Math.round(bytes / 1024)} KB · at most`
  if (bytes <= MAXIMUM_PACKAGE_BYTES) return ok(about, found)
  return error(
    about,
    found,
    '上限 2 MB：把图片放到云存储，或使用分包 · is the limit: move pictures to cloud storage, or use subpackages',
  )
}

function checkAgreement(files: readonly string[]): Finding {
  const about = '协议与隐私政策 · agreement and privacy policy'
  const open = files
    .filter((file) => /\.(ts|wxml)$/.test(file))
    .flatMap((file) => placeholders(file).map((text) => `${file} ${text}`))
  if (open.length === 0) return ok(about, '没有待填写的【…】 · nothing left to fill in')
  const steps = [
    '写明运营者、联系方式与日志保留时间，然后请法务看一遍 · name the operator, a contact and how long logs are kept, and have the texts read by a lawyer',
    ...(open.some((line) => ENGLISH_DOCUMENT.test(line))
      ? [`只要中文：删去 ${APP_CONFIG} 的 english · for Chinese alone take \`english\` out of it`]
      : []),
  ]
  return error(
    about,
    `${open.length} 处待填写 · to fill in: ${[...new Set(open)].join('; ')}`,
    steps.join('；'),
  )
}

function placeholders(file: string): string[] {
  return [...readFileSync(projectPath(file), 'utf8').matchAll(/【[^】]+】/g)].map(([text]) => text)
}
