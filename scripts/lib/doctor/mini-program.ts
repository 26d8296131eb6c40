import { readFileSync, statSync } from 'node:fs'
import { filesBelow } from '../files-below.ts'
import { projectPath } from '../project.ts'
import { error, type Finding, ok } from './finding.ts'

/** https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages.html */
const MAXIMUM_PACKAGE_BYTES = 2 * 1024 * 1024

export function checkMiniProgram(): Finding[] {
  const files = filesBelow(projectPath('miniprogram')).map((file) => `miniprogram/${file}`)
  return [checkSize(files), checkAgreement(files)]
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
  return error(
    about,
    `${open.length} 处待填写 · to fill in: ${[...new Set(open)].join('; ')}`,
    '写明运营者、联系方式与日志保留时间，然后请法务看一遍 · name the operator, a contact and how long logs are kept, and have the texts read by a lawyer',
  )
}

function placeholders(file: string): string[] {
  return [...readFileSync(projectPath(file), 'utf8').matchAll(/【[^】]+】/g)].map(([text]) => text)
}
