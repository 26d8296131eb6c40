import type { Operation, ShownValue } from 'wechat-cloud-emulator/config'
import type { AdminFile, AdminSession } from '../../../../contract/admin-look.ts'
import { RECORD_COLUMNS } from './record-operation.ts'
import {
  KEY,
  STATUSES,
  USER_COLUMNS,
  USER_DETAILS,
  USER_OPERATIONS,
  USERS,
  userIdField,
} from './user-fields.ts'

const SESSION_COLUMNS: readonly (ShownValue & { path: keyof AdminSession })[] = [
  { path: 'model', label: '设备' },
  { path: 'platform', label: '系统' },
  { path: 'createdAt', label: '登录时间', as: 'time' },
  { path: 'lastSeenAt', label: '最近使用', as: 'time' },
  { path: 'expiresAt', label: '到期', as: 'time' },
]
const FILE_COLUMNS: readonly (ShownValue & { path: keyof AdminFile })[] = [
  { path: 'path', label: '路径', as: 'code' },
  { path: 'isProfilePicture', label: '当前头像', as: 'boolean' },
  { path: 'createdAt', label: '上传时间', as: 'time' },
]

const USERS_TABLE = {
  kind: 'table',
  title: '用户',
  path: 'data.users',
  key: KEY,
  columns: USER_COLUMNS,
  opens: 'show',
  operations: USER_OPERATIONS,
} as const

/** Finding users, and showing one. */
export const searchOperations: readonly Operation[] = [
  {
    id: 'list',
    name: '用户列表',
    description: '打开时就查询，和每次查询一样写进 audit_logs。',
    function: 'admin',
    event: { action: 'list', limit: 100 },
    fields: [
      { name: 'nickname', label: '昵称开头', mostCharacters: 32 },
      { name: 'status', label: '状态', type: 'select', options: STATUSES },
      { name: 'device', label: '设备型号', hint: '与「登录的设备」完全相同' },
      { name: 'lastLoginFrom', label: '最近登录不早于', type: 'time' },
      { name: 'lastLoginBefore', label: '最近登录早于', type: 'time' },
      { name: 'createdFrom', label: '注册不早于', type: 'time' },
      { name: 'createdBefore', label: '注册早于', type: 'time' },
    ],
    runsAtOnce: true,
    result: [
      { ...USERS_TABLE, more: { path: 'data.nextCursor', field: 'cursor' }, empty: '没有符合条件的用户。' },
    ],
  },
  {
    id: 'find',
    name: '查找用户',
    description: '按完整的手机号、用户 id 或导入前的旧编号查找。每次查找都写进 audit_logs。',
    function: 'admin',
    event: { action: 'find' },
    fields: [
      {
        name: 'subject',
        label: '查找',
        type: 'choice',
        options: { phone: '手机号', userId: '用户 id', oldId: '旧编号' },
        isRequired: true,
        mostCharacters: 128,
      },
    ],
    result: [{ ...USERS_TABLE, more: { path: 'data.hasMore' }, empty: '没有这样的用户。' }],
  },
  {
    id: 'show',
    name: '查看用户',
    function: 'admin',
    event: { action: 'show' },
    fields: [userIdField('userId')],
    runsAtOnce: true,
    subject: { field: 'userId', collection: USERS },
    result: [
      {
        kind: 'details',
        title: '用户',
        path: 'data.user',
        key: KEY,
        fields: USER_DETAILS,
        operations: USER_OPERATIONS.filter((id) => id !== 'show'),
      },
      {
        kind: 'table',
        title: '会话',
        path: 'data.sessions',
        columns: SESSION_COLUMNS,
        empty: '没有登录的设备。',
      },
      {
        kind: 'table',
        title: '最近的操作记录',
        path: 'data.records',
        columns: RECORD_COLUMNS.filter(({ path }) => path !== 'userId'),
        more: { path: 'data.recordsCursor' },
      },
      { kind: 'table', title: '文件', path: 'data.files', columns: FILE_COLUMNS, empty: '没有文件。' },
    ],
  },
]
