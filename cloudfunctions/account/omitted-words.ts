import type { ExportAccountData } from '../../contract/account.ts'
import type { InLanguages } from '../shared/core/messages.ts'

type Omitted = ExportAccountData['omitted']

/** What an export says of the data that it leaves out. */
export interface OmittedWords {
  /** Of the data that no export contains. */
  never: Omitted
  otherFields(names: readonly string[]): Omitted[number]
  transfer: Omitted[number]
  statusReason: Omitted[number]
  origin: Omitted[number]
  damaged(count: number): Omitted[number]
  /** Of a list, of which these many were given. */
  rest(list: string, given: number): Omitted[number]
  lists: { avatars: string; rateLimits: string; records: string }
}

const CHINESE: OmittedWords = {
  never: [
    { what: '手机号的密文、查找索引', why: '由手机号算出，没有另外的信息；完整号码已列出' },
    { what: '各条内容与账号的内部编号', why: '只用于程序内部' },
    { what: '头像图片文件', why: '只列出存放地址；图片可在“我的”中看到' },
    { what: '管理员的姓名、IP 地址，以及他们写下的理由', why: '属于管理员的信息；何时做过什么已列出' },
    { what: '此前注销的账号留下、正在去除身份的安全记录', why: '由定时任务去除身份，与现在的账号无关' },
    {
      what: '微信云开发平台的运行日志',
      why: '由平台保存，程序不能读取；程序返回的内容中没有手机号与微信标识的明文',
    },
  ],
  otherFields: (names) => ({
    what: `账号中的其他字段：${names.join('、')}`,
    why: '供管理员或程序内部使用，格式未知；可联系我们查阅',
  }),
  transfer: {
    what: '找回账号申请中另一个账号的编号',
    why: '属于另一个账号；何时做过什么已列在安全记录中',
  },
  statusReason: { what: '账号状态变更的理由', why: '属于管理员的内部记录；变更时间已列出' },
  origin: { what: '旧版账号的编号和更新时间', why: '用于核对导入的数据；可联系我们查阅' },
  damaged: (count) => ({ what: `${count} 条安全记录`, why: '内容已损坏，无法读取' }),
  rest: (list, given) => ({
    what: `${list}：除最近 ${given} 条以外的内容（如果有）`,
    why: '一次能给出的内容有上限；可联系我们取得其余部分',
  }),
  lists: { avatars: '头像存放位置', rateLimits: '操作频率', records: '安全记录' },
}

const ENGLISH: OmittedWords = {
  never: [
    {
      what: 'The encrypted phone number and its index',
      why: 'Computed from the phone number, without further information; the full number is listed',
    },
    { what: 'Internal numbers of entries and of the account', why: 'Used inside the program only' },
    { what: 'The avatar’s picture file', why: 'Only its address is listed; the picture is shown in “Me”' },
    {
      what: 'Names and IP addresses of administrators, and the reasons that they wrote',
      why: 'Information of the administrators; what they did and when is listed',
    },
    {
      what: 'Security records of an account that you closed before, while their identity is being removed',
      why: 'A timer removes it; they have nothing to do with the present account',
    },
    {
      what: 'Run logs of the WeChat Cloud Development platform',
      why: 'The platform keeps them and the program cannot read them; what the program answers has neither the phone number nor WeChat identifiers in the clear',
    },
  ],
  otherFields: (names) => ({
    what: `Other fields of the account: ${names.join(', ')}`,
    why: 'For administrators or the program, of unknown form; contact us to see them',
  }),
  transfer: {
    what: 'The number of the other account of a transfer request',
    why: 'It belongs to the other account; the security records list each act and its time',
  },
  statusReason: {
    what: 'The reason of the change of the account’s status',
    why: 'An internal record of the administrators; the time of the change is listed',
  },
  origin: {
    what: 'Number and time of update of the account’s earlier version',
    why: 'To check imported data; contact us to see them',
  },
  damaged: (count) => ({ what: `Security records: ${count}`, why: 'Damaged, they cannot be read' }),
  rest: (list, given) => ({
    what: `${list}: what there may be besides the latest ${given}`,
    why: 'One answer holds only so much; contact us for the rest',
  }),
  lists: {
    avatars: 'Where avatars are stored',
    rateLimits: 'Times of limited actions',
    records: 'Security records',
  },
}

export const OMITTED_WORDS: InLanguages<OmittedWords> = { zh: CHINESE, en: ENGLISH }
