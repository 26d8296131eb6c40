import type { AdminUser, ListUsersData, RecordsData, ShowUserData } from './admin-look'
import type { ImportedFields, ImportUsersData } from './import-users'
import type { Reason } from './reason'

/**
 * For administrators, in the cloud console's 云端测试: each request also carries `token`, from
 * `npm run admin -- token`, good for ten minutes. No mini-program, function, HTTP call or timer can call it. What is
 * answered is kept in the platform's logs: no number in the clear, no openid.
 */
export type AdminRequest =
  | FindUserRequest
  | ListUsersRequest
  | ShowUserRequest
  | RecordsRequest
  | RevealPhoneRequest
  | DisableUserRequest
  | EnableUserRequest
  | EndSessionsRequest
  | BatchRequest
  | TransferAccountRequest
  | StatsRequest
  | ImportUsersRequest

/**
 * What an admin token permits. `look`: find, list, show, records, stats; `act`: disable, enable, endSessions, batch, transfer,
 * import; `reveal`: reveal. A batch that is a dry run needs `look`.
 */
export type AdminRole = 'look' | 'act' | 'reveal'

/** The data of the answer, by action. */
export interface AdminData {
  find: FindUserData
  list: ListUsersData
  show: ShowUserData
  records: RecordsData
  reveal: RevealPhoneData
  disable: ChangeStatusData
  enable: ChangeStatusData
  endSessions: EndSessionsData
  batch: BatchData
  transfer: TransferAccountData
  stats: StatsData
  import: ImportUsersData
}

/** By full number, by user id, or by the id of an imported person's old document; exactly one of them. */
export type FindUserRequest = { action: 'find'; reason?: string } & (
  | {
      /** As people write it: `13800138000`, `138 0013 8000`, `+852 91234567`. */
      phone: string
    }
  | { userId: string }
  | { oldId: string }
)

export interface FindUserData {
  /** Several when one number was used with several WeChat accounts; empty for nobody. At most 20. */
  users: AdminUser[]
  /** There are more users of this number than `users` shows. */
  hasMore: boolean
}

/**
 * Users page by page. Every given filter must match; times are ISO 8601. The newest accounts come first; with `nickname` the
 * rows are in its order, and with `lastLogin…`, but without `nickname`, `device` and a status other than `active`, the latest
 * login comes first.
 */
export interface ListUsersRequest {
  action: 'list'
  /** How the nickname begins. Case counts. */
  nickname?: string
  /** The model of a device that is logged in, exactly as `AdminUser.devices` has it. */
  device?: string
  status?: AdminUser['status']
  /** The last login is not before, and is before. A person without any login is not listed. */
  lastLoginFrom?: string
  lastLoginBefore?: string
  /** The account was made not before, and before. */
  createdFrom?: string
  createdBefore?: string
  /** `nextCursor` of the page before, with the same filters. */
  cursor?: string
  /** 1 to 200 rows, by default 20. */
  limit?: number
  reason?: string
}

/** Everything about one person that an administrator may see without a reason. */
export interface ShowUserRequest {
  action: 'show'
  userId: string
  reason?: string
}

/** Audit entries, the newest first. Every given filter must match. */
export interface RecordsRequest {
  action: 'records'
  userId?: string
  /** As in `AuditRecord.act`: `admin.reveal`, `login`. */
  act?: string
  /** A day in China (UTC+8): `2026-11-29`. */
  day?: string
  /** `nextCursor` of the page before, or `recordsCursor` of `show`, with the same filters. */
  cursor?: string
  reason?: string
}

export interface RevealPhoneRequest {
  action: 'reveal'
  userId: string
  /** 2 to 200 characters, kept in `audit_logs`. Write no personal data into it. */
  reason: string
}

export interface RevealPhoneData {
  /**
   * The number in E.164, encrypted for the admin token of the request, since the platform's logs keep answers:
   * `npm run admin -- open <sealedPhone>` decrypts it on a machine with the secrets that signed the token.
   */
  sealedPhone: string
}

/** Ends all sessions; the user's next call and every login is refused. */
export interface DisableUserRequest {
  action: 'disable'
  userId: string
  reason: string
}

export interface EnableUserRequest {
  action: 'enable'
  userId: string
  reason: string
}

export interface ChangeStatusData {
  user: AdminUser
}

/** Logs the person out everywhere. They may log in again. */
export interface EndSessionsRequest {
  action: 'endSessions'
  userId: string
  reason: string
}

export interface EndSessionsData {
  user: AdminUser
  /** How many sessions were ended. */
  ended: number
}

/** The same act for many people, each with an audit entry of its own. What is done stays done if it breaks off. */
export interface BatchRequest {
  action: 'batch'
  act: BatchAct
  /** 1 to 50, without duplicates. */
  userIds: string[]
  /** Says what would happen, and changes nothing. */
  dryRun?: boolean
  /** 2 to 200 characters, kept in `audit_logs`. */
  reason: string
}

export type BatchAct = 'disable' | 'enable' | 'endSessions'

export interface BatchData {
  /** In the order of `userIds`. */
  results: BatchResult[]
  /** Ids that the call had no time for. Send them again. */
  left: string[]
}

export interface BatchResult {
  userId: string
  /**
   * `changed`, or in a dry run: would be changed. `unchanged`: was so already. `refused`: nobody has this id, or the account is
   * being closed. `failed`: see `reason`, and the function's log.
   */
  result: 'changed' | 'unchanged' | 'refused' | 'failed'
  /** Why it was refused or has failed. */
  reason?: Reason
  /** As it is after the act; in a dry run as it is now. Absent unless changed or unchanged. */
  user?: AdminUser
}

export interface StatsRequest {
  action: 'stats'
}

export interface StatsData {
  users: number
  active: number
  disabled: number
  withoutPhone: number
  /** Today, and in the last 7 and 30 days. Days are China's. */
  newUsers: { day: number; week: number; month: number }
  /** When the timer began to count the documents of `users` the last time; ISO 8601, UTC. Absent until it has done so. */
  countedAt?: string
  /** As of `countedAt`: whose last login was in the 24 hours, and in the 7 and 30 days, before. */
  loggedIn?: { day: number; week: number; month: number }
  /** As of `countedAt`: how many numbers are encrypted with a key, by its id in LOGIN_SECRETS. */
  numbersByKey?: { [keyId: string]: number }
  /** `PHONE_BUDGET_PER_DAY`, if it is set for this function. */
  phoneBudget?: number
  /** The last 30 days in China, newest first. */
  days: DayFigures[]
}

export interface DayFigures {
  /** `2026-11-29`. */
  day: string
  logins: {
    silent: number
    /** With a number that WeChat has just vouched for. */
    number: number
    /** By `withoutPhone`. */
    withoutNumber: number
  }
  newUsers: number
  importedUsers: number
  closedUsers: number
  /** Phone authorizations that WeChat bills. */
  paid: number
  /** Logins and changes of the number that were refused, by reason. */
  refused: { [reason: string]: number }
}

/**
 * Moves what `from` holds to `to` and closes `from`, without asking either. For a person who proved by other means that both
 * accounts are theirs: a number alone proves nothing, since numbers are given to other people.
 */
export interface TransferAccountRequest {
  action: 'transfer'
  /** User ids. */
  from: string
  to: string
  reason: string
}

export interface TransferAccountData {
  /** The account that received everything. */
  user: AdminUser
}

/**
 * Makes users of the documents of an earlier version of the app (docs/en/import-users.md), from a collection of this
 * environment, in batches of one call's time: repeat it with `after` until the answer has no `next`. Never changes a user
 * who has logged in.
 */
export interface ImportUsersRequest {
  action: 'import'
  /** The collection with the old documents. It is only read. */
  from: string
  /** Of the mini-program: 云端测试 does not say it. */
  appid: string
  /** What the old fields are called. Without a name the usual ones are tried. */
  fields?: ImportedFields
  /** `next` of the call before. */
  after?: string
  /** Counts, and writes no user. */
  dryRun?: boolean
  /** 2 to 200 characters, kept in `audit_logs`. */
  reason: string
}
