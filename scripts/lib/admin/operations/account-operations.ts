import type { Operation, OperationSubject } from 'wechat-cloud-emulator/config'
import type { AdminUser } from '../../../../contract/admin-look.ts'
import { REASON, USERS, userIdField } from './user-fields.ts'

const USER: OperationSubject = { field: 'userId', collection: USERS }

/** A subject of one of these statuses. */
function userWith(...statuses: AdminUser['status'][]): OperationSubject {
  return { ...USER, when: { path: 'status', in: statuses } }
}

/** Acts on one user or on several. Each needs a reason. */
export const accountOperations: readonly Operation[] = [
  {
    id: 'reveal',
    name: '查看完整号码',
    description: '号码由云函数加密后返回，在这台电脑上解密；谁、何时、为什么查看，先写进 audit_logs。',
    function: 'admin',
    event: { action: 'reveal' },
    fields: [userIdField('userId'), REASON],
    subject: { ...USER, most: 20 },
    result: [{ kind: 'sealed', label: '手机号', path: 'data.sealedPhone' }],
  },
  {
    id: 'end-sessions',
    name: '结束会话',
    confirm: '让 {count} 位用户在所有设备上退出？可以再次登录。',
    isDangerous: true,
    function: 'admin',
    event: { action: 'endSessions' },
    fields: [userIdField('userId'), REASON],
    subject: userWith('active', 'disabled'),
  },
  {
    id: 'disable',
    name: '停用',
    confirm: '停用 {count} 位用户，结束其所有会话？之后的调用和登录都会被拒绝，直到重新启用。',
    isDangerous: true,
    function: 'admin',
    event: { action: 'disable' },
    fields: [userIdField('userId'), REASON],
    subject: userWith('active'),
  },
  {
    id: 'enable',
    name: '启用',
    confirm: '重新启用 {count} 位用户？可以再次登录，已结束的会话不会恢复。',
    function: 'admin',
    event: { action: 'enable' },
    fields: [userIdField('userId'), REASON],
    subject: userWith('disabled'),
  },
  {
    id: 'transfer',
    name: '转移到另一个账号',
    description:
      '把一个账号的全部内容转到另一个账号，并注销原账号。仅用于已用其他方式证明两个账号属于同一人的情况。',
    confirm: '把 {count} 个账号的全部内容转到另一个账号，并注销原账号？不能撤销。',
    isDangerous: true,
    function: 'admin',
    event: { action: 'transfer' },
    fields: [userIdField('from', '从用户 id'), userIdField('to', '到用户 id'), REASON],
    subject: { field: 'from', collection: USERS, most: 1 },
  },
]
