/** A person as administrators see them: without the whole number and the openid. */
export interface AdminUser {
  userId: string
  /** Masked. */
  phone: string
  /**
   * When WeChat vouched for the number, ISO 8601; absent without a number, and for an imported one that nobody has authorized
   * since.
   */
  phoneVerifiedAt?: string
  /** The account comes from an import. */
  imported: boolean
  nickname: string
  status: 'active' | 'disabled' | 'closing'
  /** Why and when an administrator last changed the status. */
  statusReason?: string
  statusAt?: string
  consentVersion: string
  sessions: number
  /** The models of the devices that are logged in, without duplicates. */
  devices: string[]
  loginCount: number
  /** ISO 8601, UTC. */
  createdAt: string
  lastLoginAt: string
}

export interface ListUsersData {
  /** May be fewer than `limit`, even none, while there is a `nextCursor`: one call reads a bounded number of users. */
  users: AdminUser[]
  /** How many documents of this page cannot be read, or were written by a client. They are left out. */
  unreadable: number
  /** Absent on the last page. */
  nextCursor?: string
}

export interface ShowUserData {
  user: AdminUser
  /** Newest login first. */
  sessions: AdminSession[]
  /** The newest audit entries, at most 20. */
  records: AuditRecord[]
  /** Goes on with `records`, for the same `userId`. */
  recordsCursor?: string
  /** Of the cloud storage: the profile picture and uploads, at most 50. */
  files: AdminFile[]
}

/** A device that is logged in. Times are ISO 8601. */
export interface AdminSession {
  model: string
  platform: string
  createdAt: string
  lastSeenAt: string
  expiresAt: string
}

export interface AdminFile {
  /** In the cloud storage. */
  path: string
  /** The picture that the profile shows now. */
  isProfilePicture: boolean
  /** ISO 8601. */
  createdAt?: string
}

export interface RecordsData {
  /** At most 50; may be fewer, even none, while there is a `nextCursor`. */
  records: AuditRecord[]
  /** How many documents of this page cannot be read. They are left out. */
  unreadable: number
  /** Absent on the last page. */
  nextCursor?: string
}

/** An entry of `audit_logs`, without the address. */
export interface AuditRecord {
  id: string
  /** ISO 8601. */
  at: string
  act: string
  /** Absent once the account is closed. */
  userId?: string
  /** `user`, `other` (the person of the other account of a transfer) or `admin:<name>`. */
  by: string
  /** `begun`: was about to be done, and is not known to be done. */
  outcome: string
  reason?: string
  detail?: string
  /** The model. */
  device?: string
  /** `wx_client`, `wx_trigger`, …; empty for 云端测试. */
  source?: string
  requestId?: string
}
