import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { AdminUser } from '../../../contract/admin-look.ts'
import { fail } from '../project.ts'
import type { Administrator } from './admin-cloud.ts'
import { type ListFilters, listPages } from './list-users.ts'

/** In their order. The first one is what `--from` reads. */
const COLUMNS: readonly (readonly [title: string, value: (user: AdminUser) => string | number])[] = [
  ['用户编号 userId', ({ userId }) => userId],
  ['手机号 phone', ({ phone }) => phone],
  ['昵称 nickname', ({ nickname }) => nickname],
  ['状态 status', ({ status }) => status],
  ['状态原因 statusReason', ({ statusReason = '' }) => statusReason],
  ['状态时间 statusAt', ({ statusAt = '' }) => statusAt],
  ['号码验证时间 phoneVerifiedAt', ({ phoneVerifiedAt = '' }) => phoneVerifiedAt],
  ['导入 imported', ({ imported }) => (imported ? 'yes' : 'no')],
  ['协议版本 consentVersion', ({ consentVersion }) => consentVersion],
  ['设备 devices', ({ devices }) => devices.join(' / ')],
  ['登录次数 loginCount', ({ loginCount }) => loginCount],
  ['注册时间 createdAt', ({ createdAt }) => createdAt],
  ['最近登录 lastLoginAt', ({ lastLoginAt }) => lastLoginAt],
]

/** Without it Excel takes UTF-8 for the system's encoding. */
const BYTE_ORDER_MARK = '\ufeff'

/**
 * `npm run admin -- export FILE`: writes masked rows page by page, so that no number of users fills the memory. A file is there
 * only when it is complete, and only the user of this machine may read it.
 * @param file `-` is the standard output
 */
export async function runExport(
  administrator: Administrator,
  filters: ListFilters,
  file: string,
): Promise<void> {
  if (file !== '-' && existsSync(file)) fail(`${file}: 已存在 · exists already`)
  const part = `${file}.part`
  const stream = file === '-' ? process.stdout : createWriteStream(part, { mode: 0o600 })
  let rows = 0
  let unreadable = 0
  try {
    await write(stream, BYTE_ORDER_MARK + line(COLUMNS.map(([title]) => title)))
    for await (const page of listPages(administrator, filters)) {
      await write(stream, page.users.map((user) => line(COLUMNS.map(([, value]) => value(user)))).join(''))
      rows += page.users.length
      unreadable += page.unreadable
    }
    if (stream !== process.stdout) {
      stream.end()
      await finished(stream)
      renameSync(part, file)
    }
  } catch (error) {
    if (file !== '-') {
      stream.destroy()
      rmSync(part, { force: true })
    }
    throw error
  }
  console.error(`${rows} 行 rows → ${file === '-' ? 'stdout' : file}`)
  if (unreadable > 0)
    console.error(`${unreadable} 个文档读不了，没有导出 · cannot be read, and were left out`)
}

function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()))
  })
}

function line(values: readonly (string | number)[]): string {
  return `${values.map(field).join(',')}\r\n`
}

/**
 * A field of RFC 4180, in one line. A spreadsheet takes a text for a formula that begins with one of these signs, the wide
 * ones in some languages too; users choose their nicknames, and numbers of other countries begin with `+`.
 */
function field(value: string | number): string {
  const text = String(value).replaceAll(/\p{Cc}|\u2028|\u2029/gu, ' ')
  const harmless = /^\s*[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text
  return /[",']|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
