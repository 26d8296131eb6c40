import type { UnreadableReason } from '../../../contract/import-users.ts'
import type { PhoneNumber } from '../phone/phone-number.ts'
import { type FieldNames, type Found, findValue, IMPORTED_FIELDS, type ImportedField } from './field-names.ts'
import { parseWrittenPhone } from './written-phone.ts'
import { cleanAvatar, cleanNickname } from './written-profile.ts'
import { parseWrittenTime } from './written-time.ts'

/** One person as an earlier version of the app stored them. */
export interface OldUser {
  /** The document's `_id`, as text; empty for a row without one. */
  oldId: string
  openid: string
  unionid: string | undefined
  /** Claimed, not verified by WeChat; undefined without one. */
  phone: PhoneNumber | undefined
  nickname: string
  avatar: string
  createdAt: Date | undefined
  /** When the document last changed, as far as it says so. The newer of two documents of one person counts. */
  changedAt: Date | undefined
  isDisabled: boolean
}

export type ReadOldUser =
  | {
      user: OldUser
      /** The document has something in the field of the number, and it is none. */
      hasInvalidPhone: boolean
      /** The name that each field was found under. */
      names: Partial<Record<ImportedField, string>>
    }
  | { unreadable: UnreadableReason }

/** WeChat's have 28 characters. One of digits alone becomes another number in the SDK, so nobody could log in with it. */
const OPENID = /^(?!\d+$)[\w-]{6,64}$/
const UNIONID = /^[\w-]{6,64}$/

/** Reads one old document, as a cloud function receives it: plain values and dates. Never throws. */
export function readOldUser(document: unknown, fields: FieldNames): ReadOldUser {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return { unreadable: 'NOT_A_DOCUMENT' }
  }
  const fieldsOf = document as Readonly<Record<string, unknown>>
  const found = new Map<ImportedField, Found>()
  for (const field of IMPORTED_FIELDS) {
    const value = findValue(fieldsOf, fields[field])
    if (value) found.set(field, value)
  }
  const read = (field: ImportedField) => found.get(field)?.value
  const openid = read('openid')
  if (openid === undefined) return { unreadable: 'OPENID_MISSING' }
  if (typeof openid !== 'string' || !OPENID.test(openid)) return { unreadable: 'OPENID_INVALID' }
  const unionid = read('unionid')
  const phone = parseWrittenPhone(read('phone'), read('countryCode'))
  const user = {
    oldId: textOfId(fieldsOf['_id']),
    openid,
    unionid: typeof unionid === 'string' && UNIONID.test(unionid) ? unionid : undefined,
    phone,
    nickname: cleanNickname(read('nickname')),
    avatar: cleanAvatar(read('avatar')),
    createdAt: parseWrittenTime(read('createdAt')),
    changedAt: parseWrittenTime(read('changedAt')),
    isDisabled: isTrue(read('disabled')),
  }
  const names = Object.fromEntries([...found].map(([field, { name }]) => [field, name]))
  return { user, hasInvalidPhone: found.has('phone') && !phone, names }
}

/** An id that is no text, such as a number, as JSON. */
export function textOfId(id: unknown): string {
  if (id === undefined || id === null) return ''
  return typeof id === 'string' ? id : JSON.stringify(id)
}

function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === 'true' || value === '1'
}
