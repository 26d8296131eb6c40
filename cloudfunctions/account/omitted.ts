import type { ExportAccountData } from '../../contract/account.ts'
import type { User } from '../shared/users/user.ts'

type Omitted = ExportAccountData['omitted']

/** The platform delivers at most 1 MB of an answer to a mini-program; this leaves space for the rest of the answer. */
const MOST_BYTES = 800_000

/** The data that no export contains. */
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

/** Fields of a user's document that the export contains in some form, or that `NEVER` names. */
const KNOWN_FIELDS = new Set(
  [
    '_id openid unionid phoneMasked phoneCipher phoneHash countryCode phoneVerifiedAt nickname avatar status',
    'transferRequest transferRefusals requestedTransfer incomingTransfer movingTo',
    'statusReason statusAt consent sessions loginWindow loginCount createdAt updatedAt lastLoginAt generation',
    'importedFrom importedAsOf',
  ].flatMap((names) => names.split(' ')),
)

/** Names the fields that administrators or other functions added. Their content may be anything. */
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

/** The data that the export of this user omits, whatever its size. */
export function alwaysOmitted(user: User, document: object): Omitted {
  const { statusReason, importedFrom, transferRequest, transferRefusals, requestedTransfer } = user
  const transfer = {
    what: '找回账号申请中另一个账号的编号',
    why: '属于另一个账号；何时做过什么已列在安全记录中',
  }
  const hasTransfer = transferRequest ?? transferRefusals ?? requestedTransfer
  const reason = { what: '账号状态变更的理由', why: '属于管理员的内部记录；变更时间已列出' }
  const origin = { what: '旧版账号的编号和更新时间', why: '用于核对导入的数据；可联系我们查阅' }
  return [
    ...NEVER,
    ...(statusReason === undefined ? [] : [reason]),
    ...(importedFrom === undefined ? [] : [origin]),
    ...(hasTransfer === undefined ? [] : [transfer]),
    ...otherFields(document),
  ]
}

/** Audit entries that were edited and cannot be read. */
export function damagedRecords(count: number): Omitted {
  return count === 0 ? [] : [{ what: `${count} 条安全记录`, why: '内容已损坏，无法读取' }]
}

/** Shortens lists to the size of one answer, and lists in `omitted` which were cut. */
export class ListsWithinLimit {
  readonly omitted: Omitted = []
  #bytesLeft = MOST_BYTES

  /**
   * @param rows newest first
   * @param most the limit of the query: a list of this length may have been cut there
   */
  take<Row>(name: string, rows: readonly Row[], most: number): Row[] {
    const count = rows.findIndex((row) => {
      this.#bytesLeft -= Buffer.byteLength(JSON.stringify(row)) + 1
      return this.#bytesLeft < 0
    })
    const kept = count < 0 ? [...rows] : rows.slice(0, count)
    if (count >= 0 || rows.length >= most) {
      const rest = `${name}：除最近 ${kept.length} 条以外的内容（如果有）`
      this.omitted.push({ what: rest, why: '一次能给出的内容有上限；可联系我们取得其余部分' })
    }
    return kept
  }
}
