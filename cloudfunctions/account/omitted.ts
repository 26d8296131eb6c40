import type { ExportAccountData } from '../../contract/account.ts'
import type { User } from '../shared/user.ts'

type Omitted = ExportAccountData['omitted']

/** The platform hands no more than 1 MB of an answer to a mini-program; this leaves room for what is no list. */
const MOST_BYTES = 800_000

/** What no export holds. */
const NEVER: Omitted = [
  { what: '手机号的密文、查找索引', why: '由手机号算出，没有另外的信息；完整号码已列出' },
  { what: '各条内容与账号的内部编号', why: '只用于程序内部' },
  { what: '头像图片文件', why: '只列出存放地址；图片可在“我的”中看到' },
  { what: '管理员的姓名、IP 地址，以及他们写下的理由', why: '属于管理员的信息；何时做过什么已列出' },
  { what: '此前注销的账号留下、正在去除身份的安全记录', why: '由定时任务去除身份，与现在的账号无关' },
  {
    what: '微信云开发平台的运行日志',
    why: '由平台保存，程序不能读取；程序返回的内容中没有手机号与微信标识的明文',
  },
]

/** Fields of a user's document that the export tells of, in whatever form, or that `NEVER` names. */
const KNOWN_FIELDS = new Set(
  [
    '_id openid unionid phoneMasked phoneCipher phoneHash countryCode phoneVerifiedAt nickname avatar status',
    'statusReason statusAt consent sessions loginWindow loginCount createdAt updatedAt lastLoginAt generation',
  ].flatMap((names) => names.split(' ')),
)

/** Fields that administrators or other functions added: they are named, since what they hold may be anything. */
function otherFields(document: object): Omitted {
  const names = Object.keys(document).filter((name) => !KNOWN_FIELDS.has(name))
  return names.length === 0
    ? []
    : [
        {
          what: `账号中的其他字段：${names.join('、')}`,
          why: '供管理员或程序内部使用，格式未知；可联系我们查阅',
        },
      ]
}

/** What is not in the export of this user, whatever there is room for. */
export function alwaysOmitted({ statusReason }: Pick<User, 'statusReason'>, document: object): Omitted {
  const reason = { what: '账号状态变更的理由', why: '属于管理员的内部记录；变更时间已列出' }
  return [...NEVER, ...(statusReason === undefined ? [] : [reason]), ...otherFields(document)]
}

/** Rows that somebody edited until they cannot be read. */
export function damagedRecords(count: number): Omitted {
  return count === 0 ? [] : [{ what: `${count} 条安全记录`, why: '内容已损坏，无法读取' }]
}

/** Makes lists as long as one answer can hold, and tells which were cut. */
export class RoomForLists {
  readonly omitted: Omitted = []
  #bytesLeft = MOST_BYTES

  /**
   * @param rows newest first
   * @param most asked of the database: a list of so many may have been cut there
   */
  take<Row>(name: string, rows: readonly Row[], most: number): Row[] {
    const count = rows.findIndex((row) => {
      this.#bytesLeft -= Buffer.byteLength(JSON.stringify(row)) + 1
      return this.#bytesLeft < 0
    })
    const kept = count < 0 ? [...rows] : rows.slice(0, count)
    if (count >= 0 || rows.length >= most) {
      const what = `${name}：除最近 ${kept.length} 条以外的内容（如果有）`
      this.omitted.push({ what, why: '一次能给出的内容有上限；可联系我们取得其余部分' })
    }
    return kept
  }
}
