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
  /** Up to 20 characters. Checked by WeChat (security.msgSecCheck) before anybody sees it. */
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
}

/** Everything that is kept about the caller. Times as ISO 8601 in UTC. */
export interface ExportAccountData {
  exportedAt: string
  account: {
    id: string
    openid: string
    unionid?: string
    /** E.164 and in clear; empty for an account without a number. */
    phone: string
    nickname: string
    avatar: string
    consent: { version: string; at: string }
    createdAt: string
    lastLoginAt: string
    loginCount: number
  }
  sessions: {
    device: { model: string; platform: string }
    createdAt: string
    lastSeenAt: string
    expiresAt: string
  }[]
  /** By collection, such as `trips`: the documents that belong to the account, newest first. */
  collections: { [name: string]: { [field: string]: unknown }[] }
  /** What was recorded about logins, devices, consent and changes, newest first, at most 1000. */
  records: { act: string; at: string; ip?: string; reason?: string }[]
}

/** Irrecoverable. The page has told the consequences and been told yes. */
export interface CloseAccountRequest {
  action: 'close'
  confirmed: true
}

/** Asked again after it was done, the answer is `ACCOUNT_CLOSED`; after it broke off, it is finished. */
export type CloseAccountData = Record<never, never>
