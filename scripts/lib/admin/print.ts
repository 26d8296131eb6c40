import type { AdminUser, AuditRecord, ShowUserData } from '../../../contract/admin-look.ts'
import type { Answered } from './admin-cloud.ts'

/** How a command prints: JSON for programs, else lines for people. */
export type Output = 'json' | 'text'

const STATUS = { active: '正常', disabled: '停用', closing: '注销中' } as const satisfies Record<
  AdminUser['status'],
  string
>

/** Prints answers as they came, or what they say. The exit code is 1 unless everything succeeded. */
export function printAnswers(answers: readonly Answered<object>[], output: Output): void {
  if (answers.some(({ result }) => result?.code !== 200)) process.exitCode = 1
  if (output === 'text') {
    for (const answer of answers) printAnswer(answer)
    return
  }
  const shown = answers.map(({ result, errMsg }) => result ?? { errMsg })
  printJson(shown.length === 1 ? shown[0] : shown)
}

export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, null, 2))
}

function printAnswer({ result, errMsg }: Answered<object>): void {
  if (result?.code !== 200) {
    console.error(result ? `${result.reason} ${result.message} (${result.requestId})` : errMsg)
    return
  }
  const { users, user, phone } = result.data as { users?: AdminUser[]; user?: AdminUser; phone?: string }
  if (users) printUsers(users)
  else if (user) printUsers([user])
  else if (phone !== undefined) console.log(phone)
  else printJson(result.data)
}

/** One line for each. */
export function printUsers(users: readonly AdminUser[]): void {
  if (users.length === 0) console.log('没有人 · nobody')
  for (const user of users) {
    const { userId, phone, nickname, status, statusReason, devices, lastLoginAt, loginCount } = user
    printLine([
      userId,
      phone || '无手机号 no number',
      nickname || '无昵称 no nickname',
      `${STATUS[status]} ${status}`,
      ...(statusReason === undefined || status === 'active' ? [] : [statusReason]),
      `登录 logins ${loginCount}, ${timeInChina(lastLoginAt)}`,
      devices.join(', ') || '未登录 logged out',
    ])
  }
}

export function printPerson({ user, sessions, records, recordsCursor, files }: ShowUserData): void {
  printUsers([user])
  printLine([
    `注册 registered ${timeInChina(user.createdAt)}`,
    `号码验证 verified ${user.phoneVerifiedAt === undefined ? '—' : timeInChina(user.phoneVerifiedAt)}`,
    `协议 agreement ${user.consentVersion || '—'}`,
    ...(user.imported ? ['导入 imported'] : []),
  ])
  console.log(`\n设备 devices: ${sessions.length}`)
  for (const { model, platform, createdAt, lastSeenAt, expiresAt } of sessions) {
    printLine([
      model,
      platform,
      `登录 since ${timeInChina(createdAt)}`,
      `最近 seen ${timeInChina(lastSeenAt)}`,
      `到期 until ${timeInChina(expiresAt)}`,
    ])
  }
  console.log(`\n文件 files: ${files.length}`)
  for (const { path, isProfilePicture } of files)
    printLine([path, ...(isProfilePicture ? ['头像 the picture'] : [])])
  console.log(`\n记录 records: ${records.length}${recordsCursor === undefined ? '' : '+'}`)
  printRecords(records)
}

/** One line for each. */
export function printRecords(records: readonly AuditRecord[]): void {
  for (const { at, act, by, userId, outcome, reason, detail, device } of records) {
    printLine([
      timeInChina(at),
      act,
      by,
      userId ?? '—',
      ...(outcome === 'done' ? [] : [outcome]),
      ...[detail, device, reason].filter((text) => text !== undefined),
    ])
  }
}

/** To the minute, as clocks in China show it (UTC+8). @param iso ISO 8601 */
function timeInChina(iso: string): string {
  const hours = 8
  return new Date(Date.parse(iso) + hours * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}

/** A text of a user's could hold characters that steer a terminal. */
function printLine(parts: readonly string[]): void {
  console.log(parts.join('  ').replaceAll(/\p{C}/gu, '�'))
}
