import { encryptRepeatably } from '../crypto/encryption.ts'
import type { Keys } from '../crypto/keys.ts'
import { userIdOf } from '../crypto/user-id.ts'
import { phoneIndexOf } from '../phone/phone-cipher.ts'
import { maskPhoneNumber, type PhoneNumber, toE164 } from '../phone/phone-number.ts'
import type { OldUser } from './old-user.ts'

/**
 * A document of `users` for a person of an earlier version of the app. It has no `phoneVerifiedAt`, since WeChat has not
 * vouched for the number, no session and no `generation`. Its consent is to no version, so the first login asks for it.
 * The same old document makes the same document every time.
 */
export interface ImportedUser {
  _id: string
  openid: string
  unionid?: string
  phoneMasked: string
  phoneCipher: string
  phoneHash: string
  countryCode: string
  nickname: string
  avatar: string
  status: 'active' | 'disabled'
  statusReason?: string
  consent: { version: ''; at: Date }
  sessions: never[]
  loginCount: 0
  createdAt: Date
  updatedAt: Date
  /** The ids of the old documents of this person, as `storedOldId` writes them. */
  importedFrom: string[]
  /** When the old document last changed; 1970 where it does not say. */
  importedAsOf: Date
}

const NEVER = new Date(0)
const NO_PHONE = { phoneMasked: '', phoneCipher: '', phoneHash: '', countryCode: '' }

/** When the old document last changed: the newest document of one person counts. */
export function asOf({ createdAt, changedAt }: Pick<OldUser, 'createdAt' | 'changedAt'>): Date {
  return changedAt ?? createdAt ?? NEVER
}

export interface ImportTarget {
  keys: Keys
  /** The appid that the person will log in with: another one makes another user id. */
  appid: string
  /** For a document without any time. */
  fallbackTime: Date
}

/** @param oldIds ids of all old documents of this person */
export function toImportedUser(old: OldUser, oldIds: readonly string[], target: ImportTarget): ImportedUser {
  const { keys, appid, fallbackTime } = target
  const userId = userIdOf(keys.userId, appid, old.openid)
  const createdAt = old.createdAt ?? old.changedAt ?? fallbackTime
  const ids = oldIds.filter((id) => id !== '').map((id) => storedOldId(keys, id))
  return {
    _id: userId,
    openid: old.openid,
    ...(old.unionid === undefined ? {} : { unionid: old.unionid }),
    ...(old.phone ? storedPhone(keys, userId, old.phone) : NO_PHONE),
    nickname: old.nickname,
    avatar: old.avatar,
    ...(old.isDisabled
      ? { status: 'disabled' as const, statusReason: '导入前已停用' }
      : { status: 'active' as const }),
    consent: { version: '', at: createdAt },
    sessions: [],
    loginCount: 0,
    createdAt,
    updatedAt: old.changedAt ?? createdAt,
    importedFrom: [...new Set(ids)],
    importedAsOf: asOf(old),
  }
}

/** Repeatably, so that an import that is run again makes the same file. */
function storedPhone(keys: Keys, userId: string, phone: PhoneNumber) {
  const number = toE164(phone)
  return {
    phoneMasked: maskPhoneNumber(phone),
    phoneCipher: encryptRepeatably(keys.phone, userId, number),
    phoneHash: phoneIndexOf(keys.phoneIndex, number),
    countryCode: phone.countryCode,
  }
}

/** A number alone, or a mobile number of mainland China in a longer id, such as `user_13800138000`. */
const LIKE_A_PHONE = /^\+?\d[\d\s-]{5,19}$|(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)/
/** Ids that the cloud or an app makes by chance. Others may be an openid or a number. */
const BY_CHANCE = /^(?=.*[a-f])(?:[0-9a-f]{24}|[0-9a-f]{32})$/

export function isIdByChance(oldId: string): boolean {
  return BY_CHANCE.test(oldId)
}

/** An old id as `importedFrom` stores it. Some apps use the number in the id: that one is stored as its blind index. */
export function storedOldId(keys: Pick<Keys, 'phoneIndex'>, oldId: string): string {
  return LIKE_A_PHONE.test(oldId) && !isIdByChance(oldId) ? hiddenId(keys, oldId) : oldId
}

/** Stands for an id that may name a person: equal for equal ids, and not computable without the key. */
export function hiddenId(keys: Pick<Keys, 'phoneIndex'>, oldId: string): string {
  return `hmac:${phoneIndexOf(keys.phoneIndex, oldId)}`
}
