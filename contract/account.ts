import type { UserInfo } from './user-info'

export interface GetAccountRequest {
  action: 'get'
}

export interface GetAccountData {
  userInfo: UserInfo
  /** Which version of the agreement was agreed to, and when. Times in milliseconds since 1970. */
  consent: { version: string; at: number }
  createdAt: number
}

/** At least one of the two. An empty text takes the nickname or the picture away. */
export interface UpdateAccountRequest {
  action: 'update'
  /**
   * Up to 20 characters, each of them visible: emoji may be joined, and no other invisible character is taken. Checked
   * by WeChat (security.msgSecCheck) before anybody sees it.
   */
  nickname?: string
  /**
   * The file id that uploading to the path of `avatarUpload` gave. The picture is stored again as another file, which no
   * client can write over: `userInfo.avatar` of the answer names that one.
   */
  avatar?: string
}

export interface UpdateAccountData {
  userInfo: UserInfo
}

/** Asks for a place to upload a new picture to. */
export interface AvatarUploadRequest {
  action: 'avatarUpload'
  type: AvatarType
}

export type AvatarType = 'jpg' | 'png' | 'webp'

export interface AvatarUploadData {
  /** For `wx.cloud.uploadFile`; chosen by the server, good for one picture and one hour. */
  cloudPath: string
  /** A larger file is refused by `update`. */
  maximumBytes: number
}

/** A new phone authorization on the account that is logged in. One of the two. */
export type ChangePhoneRequest =
  | { action: 'changePhone'; phoneCode: string }
  /** In place of a code whose exchange went well but whose number could not be stored. */
  | { action: 'changePhone'; ticket: string }

export interface ChangePhoneData {
  userInfo: UserInfo
}

export interface ListSessionsRequest {
  action: 'sessions'
}

export interface ListSessionsData {
  /** The one in hand first, then by last use. Sessions past their end are left out. */
  sessions: SessionInfo[]
}

export interface SessionInfo {
  id: string
  /** What the device called itself. `platform` such as `ios`, `android`, `windows`, or empty. */
  device: { model: string; platform: string }
  /** Milliseconds since 1970. `lastSeenAt` is exact to a day. */
  createdAt: number
  lastSeenAt: number
  expiresAt: number
  /** The session of the token this was asked with. */
  current: boolean
}

export interface ExportAccountRequest {
  action: 'export'
  /**
   * Base64 of 256 random bytes, new for each request and known to nobody else: the platform logs what a function
   * answers, and what is combined with the pad is in no log.
   */
  pad: string
}

/**
 * Everything that is kept about the caller, or in `omitted` that it is not here. Times as ISO 8601 in UTC. Number,
 * openid and unionid are nowhere in it in clear.
 */
export interface ExportAccountData {
  exportedAt: string
  /**
   * `ExportedIdentity` as JSON in ASCII, filled up with zero bytes to 256 and combined (XOR) with the pad: base64 of
   * 256 bytes.
   */
  identity: string
  account: {
    id: string
    /** Masked; empty for an account without a number. */
    phone: string
    countryCode: string
    /** Absent without a number, and for one that WeChat has not vouched for. */
    phoneVerifiedAt?: string
    nickname: string
    avatar: string
    status: 'active' | 'disabled' | 'closing'
    /** When an administrator last changed the status, if one did. */
    statusAt?: string
    consent: { version: string; at: string }
    createdAt: string
    updatedAt?: string
    lastLoginAt: string
    loginCount: number
    /** The latest logins, from which it is told whether there are too many. */
    loginWindow: string[]
  }
  sessions: {
    id: string
    device: { model: string; platform: string }
    createdAt: string
    lastSeenAt: string
    expiresAt: string
    /** The session of the token this was asked with. */
    current: boolean
  }[]
  /** Places in the cloud storage where a picture of the caller is or may come to be. */
  avatars: ExportedDocument[]
  /** How often the caller did lately what is limited, by kind. */
  rateLimits: ExportedDocument[]
  /** By collection, such as `trips`: the documents that belong to the account, newest first. */
  collections: { [name: string]: ExportedDocument[] }
  /** What was recorded about logins, devices, consent and changes, newest first. */
  records: ExportedRecord[]
  /** What is kept and not here, and why: Chinese, fit to show. */
  omitted: { what: string; why: string }[]
}

export interface ExportedIdentity {
  openid: string
  unionid?: string
  /** E.164; empty for an account without a number, masked where it cannot be decrypted. */
  phone: string
}

export interface ExportedDocument {
  [field: string]: unknown
}

export interface ExportedRecord {
  act: string
  at: string
  /** Of what an administrator did, only what and when is told. */
  by: 'user' | 'administrator'
  /** `begun`: meant to happen, and not known to have happened. */
  outcome?: string
  detail?: string
  device?: { model: string; platform: string }
  /** Where the call came from, as WeChat says: `wx_client` for a mini-program. */
  source?: string
  ip?: string
  /** The name under which the function's log has the call. */
  requestId?: string
}

/** Irrecoverable. The page has told the consequences and been told yes. */
export interface CloseAccountRequest {
  action: 'close'
  confirmed: true
}

/** Asked again after it was done, the answer is `ACCOUNT_CLOSED`; after it broke off, it is finished. */
export type CloseAccountData = Record<never, never>
