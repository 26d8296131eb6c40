import type { RequestedTransfer, TransferRequest } from './transfer'
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

/** At least one of the two. An empty text removes the nickname or the picture. */
export interface UpdateAccountRequest {
  action: 'update'
  /**
   * Up to 20 characters, each of them visible: emoji may be joined, and no other invisible character is accepted. Checked
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

/** Reserves a path to upload a new picture to. */
export interface AvatarUploadRequest {
  action: 'avatarUpload'
  type: AvatarType
}

export type AvatarType = 'jpg' | 'png' | 'webp'

export interface AvatarUploadData {
  /** For `wx.cloud.uploadFile`; chosen by the server, valid for one picture and one hour. */
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
  /** As in the answer of `login`. */
  numberInUse?: true
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
  /** The name that the device sent. `platform` such as `ios`, `android`, `windows`, or empty. */
  device: { model: string; platform: string }
  /** Milliseconds since 1970. `lastSeenAt` is exact to a day. */
  createdAt: number
  lastSeenAt: number
  expiresAt: number
  /** The session of the request's token. */
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
 * All stored data of the caller; `omitted` names the rest. Times as ISO 8601 in UTC. Contains number, openid and unionid
 * only combined with the pad.
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
    /** The times of the latest logins, which limit their rate. */
    loginWindow: string[]
  }
  sessions: {
    id: string
    device: { model: string; platform: string }
    createdAt: string
    lastSeenAt: string
    expiresAt: string
    /** The session of the request's token. */
    current: boolean
  }[]
  /** Places in the cloud storage where a picture of the caller is or may come to be. */
  avatars: ExportedDocument[]
  /** The caller's recent limited actions, by kind. */
  rateLimits: ExportedDocument[]
  /** By collection of the app: the documents that belong to the account, newest first. */
  collections: { [name: string]: ExportedDocument[] }
  /** The audit entries about logins, devices, consent and changes, newest first. */
  records: ExportedRecord[]
  /** Stored data that is not here, and why: fit to show, in the language of the request. */
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
  /** Of what an administrator or the other account of a transfer did, only the action and its time are exported. */
  by: 'user' | 'administrator' | 'otherAccount'
  /** `begun`: was about to be done, and is not known to be done. */
  outcome?: string
  detail?: string
  device?: { model: string; platform: string }
  /** Where the call came from, as WeChat says: `wx_client` for a mini-program. */
  source?: string
  ip?: string
  /** The name under which the function's log has the call. */
  requestId?: string
}

/**
 * Asks the other account of the caller's number whether what it holds may move here. WeChat must have vouched for the number
 * of both: the caller's within 30 days. Of several other accounts the one used last is asked, and the next one after a
 * refusal. Repeated while a question waits, answers the same question.
 */
export interface RequestTransferRequest {
  action: 'requestTransfer'
}

export interface RequestTransferData {
  requested: RequestedTransfer
}

export interface TransferStateRequest {
  action: 'transferState'
}

export interface TransferStateData {
  /** Absent when this account has asked nothing, or has cancelled it. */
  requested?: RequestedTransfer
  /**
   * Whether there is another account that `requestTransfer` would ask now. Also true if WeChat has to vouch for the number
   * first (PHONE_UNVERIFIED): only then is any other account looked up.
   */
  mayRequest: boolean
  /** What this account is asked. */
  request?: TransferRequest
}

/** Withdraws the question, or forgets how it ended. No error if there is none; what has begun to move moves on. */
export interface CancelTransferRequest {
  action: 'cancelTransfer'
}

export type CancelTransferData = Record<never, never>

/**
 * On the account that is asked. A yes moves what it holds, closes it and so ends all its sessions. The page has named the
 * consequences, and the user has confirmed.
 */
export interface AnswerTransferRequest {
  action: 'answerTransfer'
  /** Of the question that was shown. */
  id: string
  accept: boolean
}

/**
 * After a yes whose answer was lost, the repeated request finishes the move; once that is done, the answer is
 * ACCOUNT_CLOSED. A repeated no is answered TRANSFER_EXPIRED.
 */
export type AnswerTransferData = Record<never, never>

/** Cannot be undone. The page has named the consequences, and the user has confirmed. */
export interface CloseAccountRequest {
  action: 'close'
  confirmed: true
}

/** Repeated after it was done, the request is answered ACCOUNT_CLOSED; after it broke off, it is finished. */
export type CloseAccountData = Record<never, never>
