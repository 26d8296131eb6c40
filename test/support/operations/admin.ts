import type { Reason } from '../../../contract/reason.ts'
import type { Words } from '../../documents/languages.ts'
import type { TestUser } from '../test-user.ts'
import type { Operation, RequestingUser } from './operation.ts'
import { meetCompanion } from './transfers.ts'

/** The mini-program of the embedded cloud. */
const APPID = 'wx0000000000local'
const CHANGES_NO_ACCOUNT = { races: 'it changes no account' }
const reason = '核实身份'

interface Rest
  extends Pick<Operation, 'request' | 'prepare' | 'ends' | 'becomes' | 'isNew' | 'leftOut' | 'racedAs'> {
  reasons?: readonly Reason[]
}

/** An operation of an administrator, who calls from the console. */
function admin(variant: string, does: Words, { reasons = [], ...rest }: Rest): Operation {
  return {
    name: `admin ${variant}`,
    function: 'admin',
    variant,
    does,
    caller: 'console',
    reasons: ['ADMIN_DENIED', 'ADMIN_ROLE', ...reasons],
    ...rest,
  }
}

type AdminUser = Pick<RequestingUser, 'adminToken' | 'userId'>

const aboutUser =
  (action: string) =>
  (user: AdminUser): object => ({ token: user.adminToken(), action, userId: user.userId, reason })

async function disable(user: TestUser): Promise<object> {
  await user.asAdmin(aboutUser('disable')(user))
  return {}
}

/** A collection for each user: all calls of an import read the whole of it. */
async function writeOldDocument({ kit, openid }: TestUser): Promise<object> {
  const { database } = kit.cloud
  const from = `old_${openid.replaceAll(/\W/g, '_')}`
  if (!database.collections().some(({ name }) => name === from)) database.createCollection(from, 'PRIVATE')
  const old = {
    _openid: openid,
    mobile: '13800138000',
    nickName: '小明',
    createTime: new Date(1_700_000_000_000),
  }
  database.putDocument(from, { _id: 'c0ffee0000000000000000000000f00d', ...old })
  return { from }
}

/** Filters of a list, each with an index of its own. */
const LISTS: readonly (readonly [filter: string, value: string])[] = [
  ['nickname', '小'],
  ['device', 'iPhone'],
  ['status', 'disabled'],
  ['lastLoginFrom', '2026-01-01T00:00:00Z'],
  ['createdFrom', '2026-01-01T00:00:00Z'],
]

export const ADMIN_OPERATIONS: readonly Operation[] = [
  admin(
    'find',
    { english: 'by full number', chinese: '按完整号码' },
    {
      request: (user) => ({ token: user.adminToken(), action: 'find', phone: user.phoneNumber, reason }),
      leftOut: {
        ...CHANGES_NO_ACCOUNT,
        faults: 'it finds all users with the number, whom other cases change',
      },
    },
  ),
  admin(
    'find by id',
    { english: 'by user id', chinese: '按用户 id' },
    { request: aboutUser('find'), leftOut: CHANGES_NO_ACCOUNT },
  ),
  admin(
    'find by old id',
    { english: 'an imported user by the id of the old document', chinese: '按旧文档 id 找导入的用户' },
    {
      request: (user) => ({ token: user.adminToken(), action: 'find', oldId: 'c0ffee', reason }),
      leftOut: CHANGES_NO_ACCOUNT,
    },
  ),
  admin(
    'list',
    { english: 'the newest users', chinese: '最新的用户' },
    {
      request: (user) => ({ token: user.adminToken(), action: 'list' }),
      leftOut: { ...CHANGES_NO_ACCOUNT, faults: 'it lists all users, whom other cases change' },
    },
  ),
  ...LISTS.map(([filter, value]) =>
    admin(
      `list by ${filter}`,
      { english: 'a page of users', chinese: '一页用户' },
      {
        request: (user) => ({ token: user.adminToken(), action: 'list', [filter]: value }),
        leftOut: { ...CHANGES_NO_ACCOUNT, faults: 'it lists all users, whom other cases change' },
      },
    ),
  ),
  admin(
    'show',
    { english: 'a person with devices, records and files', chinese: '一个人：设备、记录、文件' },
    {
      request: aboutUser('show'),
      reasons: ['NOT_FOUND'],
      leftOut: CHANGES_NO_ACCOUNT,
    },
  ),
  admin(
    'records',
    { english: 'the newest audit entries', chinese: '最新的审计记录' },
    {
      request: (user) => ({ token: user.adminToken(), action: 'records', day: '2026-11-29' }),
      leftOut: CHANGES_NO_ACCOUNT,
    },
  ),
  admin(
    'records by person',
    { english: 'audit entries of a person', chinese: '某人的审计记录' },
    {
      request: aboutUser('records'),
      leftOut: CHANGES_NO_ACCOUNT,
    },
  ),
  admin(
    'records by act',
    { english: 'audit entries of an action', chinese: '某个操作的审计记录' },
    {
      request: (user) => ({ token: user.adminToken(), action: 'records', act: 'login' }),
      leftOut: CHANGES_NO_ACCOUNT,
    },
  ),
  admin(
    'reveal',
    { english: 'the number, sealed for the administrator', chinese: '号码，密封给管理员' },
    {
      request: aboutUser('reveal'),
      reasons: ['NOT_FOUND'],
      leftOut: CHANGES_NO_ACCOUNT,
    },
  ),
  admin(
    'disable',
    { english: 'ends all sessions, refuses every call', chinese: '结束全部会话，拒绝每次调用' },
    {
      request: aboutUser('disable'),
      reasons: ['NOT_FOUND'],
      becomes: 'disabled',
    },
  ),
  admin(
    'enable',
    { english: 'lets the person log in again', chinese: '允许再次登录' },
    {
      prepare: disable,
      request: aboutUser('enable'),
      reasons: ['NOT_FOUND'],
      becomes: 'active',
    },
  ),
  admin(
    'endSessions',
    { english: 'logs the person out everywhere', chinese: '在所有设备上退出登录' },
    {
      request: aboutUser('endSessions'),
      reasons: ['NOT_FOUND'],
      ends: 'all',
    },
  ),
  admin(
    'batch',
    { english: 'the same act for many people', chinese: '对多人做同一操作' },
    {
      request: (user) => ({
        token: user.adminToken(),
        action: 'batch',
        act: 'endSessions',
        userIds: [user.userId],
        reason,
      }),
      leftOut: {
        races: 'it is `endSessions`, `disable` and `enable` for several people',
        faults: 'it answers a failure for each person (cloudfunctions/admin/batch.test.ts)',
      },
    },
  ),
  admin(
    'transfer',
    {
      english: 'moves everything to another account, closes this one',
      chinese: '全部转给另一个账号，注销本账号',
    },
    {
      prepare: meetCompanion,
      request: (user) => ({
        token: user.adminToken(),
        action: 'transfer',
        from: user.userId,
        to: user.companionId,
        reason,
      }),
      reasons: ['NOT_FOUND', 'ACCOUNT_DISABLED'],
      becomes: 'closed',
      racedAs: 'asked',
    },
  ),
  admin(
    'stats',
    { english: 'figures', chinese: '统计' },
    {
      request: (user) => ({ token: user.adminToken(), action: 'stats' }),
      leftOut: CHANGES_NO_ACCOUNT,
    },
  ),
  admin(
    'import',
    { english: 'adds users for the people of an old collection', chinese: '为旧集合里的人新建用户' },
    {
      isNew: true,
      prepare: writeOldDocument,
      request: (user) => ({ token: user.adminToken(), action: 'import', appid: APPID, reason }),
      reasons: ['NOT_FOUND'],
      leftOut: {
        races: 'it adds accounts that nobody uses yet (cloudfunctions/admin/import-users.test.ts)',
        faults: 'it reads a collection of the app’s own (cloudfunctions/admin/import-users.test.ts)',
      },
    },
  ),
]
