import type { OperationField, ShownValue } from 'wechat-cloud-emulator/config'
import { databaseName } from '../../../../cloudfunctions/shared/database/collection-names.ts'
import type { AdminUser } from '../../../../contract/admin-look.ts'

type UserField = { [Name in keyof AdminUser]-?: Omit<ShownValue, 'path'> }

export const STATUSES = {
  active: '正常',
  disabled: '已停用',
  closing: '注销中',
} as const satisfies Record<AdminUser['status'], string>

/** How each field of a user is shown, in this order. */
const USER_FIELDS = {
  phone: { label: '手机号' },
  nickname: { label: '昵称' },
  status: { label: '状态', texts: STATUSES, tones: { active: 'good', disabled: 'bad', closing: 'warn' } },
  sessions: { label: '会话', as: 'number' },
  loginCount: { label: '登录次数', as: 'number' },
  lastLoginAt: { label: '最近登录', as: 'time' },
  createdAt: { label: '注册时间', as: 'time' },
  devices: { label: '登录的设备' },
  userId: { label: '用户 id', as: 'code' },
  phoneVerifiedAt: { label: '号码验证时间', as: 'time' },
  imported: { label: '导入的用户', as: 'boolean' },
  consentVersion: { label: '同意的协议' },
  statusReason: { label: '停用或启用的原因' },
  statusAt: { label: '停用或启用的时间', as: 'time' },
} as const satisfies UserField

const toShown = ([path, shown]: [string, Omit<ShownValue, 'path'>]): ShownValue => ({ path, ...shown })

/** Everything about a user. */
export const USER_DETAILS = Object.entries(USER_FIELDS).map(toShown)

/** What a list of users shows. */
export const USER_COLUMNS = USER_DETAILS.slice(0, 9)

export const KEY = 'userId' satisfies keyof AdminUser

/** Operations on a user whom a list or a page shows. */
export const USER_OPERATIONS = ['show', 'records', 'reveal', 'end-sessions', 'disable', 'enable', 'transfer']

export const USERS = databaseName('users')

const USER_ID = { pattern: 'u_[A-Za-z0-9_\\-]{22}', hint: 'u_ 开头的 24 个字符', isRequired: true }

export function userIdField(name: string, label = '用户 id'): OperationField {
  return { name, label, ...USER_ID }
}

/** Kept in `audit_logs`. */
export const REASON: OperationField = {
  name: 'reason',
  label: '原因',
  isRequired: true,
  leastCharacters: 2,
  mostCharacters: 200,
  hint: '写进 audit_logs，不要写个人信息',
}
