import type { ImportedFields } from '../../../contract/import-users.ts'

/** What an import reads from an old document. */
export type ImportedField = keyof ImportedFields
/** For each field the names to try, in this order. A name may lead into an object: `userInfo.nickName`. */
export type FieldNames = Readonly<Record<ImportedField, readonly string[]>>

/**
 * The names that apps have used. `_openid` is first, since WeChat writes it and no client can choose it; a client may have
 * put any text into `openid`. A field without a guess is read only if it is named.
 */
const GUESSES: FieldNames = {
  openid: ['_openid', 'openid', 'openId', 'open_id', 'OPENID', 'wxOpenid', 'wx_openid', 'userInfo.openId'],
  unionid: ['unionid', 'unionId', 'union_id', 'UNIONID'],
  phone: [
    ...['phone', 'phoneNumber', 'mobile', 'tel', 'phone_number', 'phoneNum', 'mobilePhone', 'telephone'],
    ...['userPhone', 'purePhoneNumber', 'phoneInfo.phoneNumber', 'phoneInfo.purePhoneNumber'],
    ...['userInfo.phone', 'userInfo.phoneNumber', 'userInfo.mobile'],
  ],
  countryCode: ['countryCode', 'country_code', 'phoneInfo.countryCode'],
  nickname: [
    'nickname',
    'nickName',
    'nick_name',
    'userInfo.nickName',
    'userInfo.nickname',
    'profile.nickName',
  ],
  avatar: [
    ...['avatarUrl', 'avatar', 'avatar_url', 'avatarURL', 'avatarFileID', 'headimgurl', 'headImg'],
    ...['userInfo.avatarUrl', 'userInfo.avatar', 'profile.avatarUrl'],
  ],
  createdAt: [
    ...['createdAt', 'createTime', 'createdTime', '_createTime', 'createAt', 'create_time', 'created_at'],
    ...['createDate', 'create_date', 'registerTime', 'regTime', 'addTime', 'created'],
  ],
  changedAt: [
    ...['updatedAt', 'updateTime', 'updatedTime', '_updateTime', 'updateAt', 'update_time', 'updated_at'],
    ...['updateDate', 'lastLoginAt', 'lastLoginTime', 'lastLogin', 'last_login'],
  ],
  disabled: [],
}

export const IMPORTED_FIELDS = Object.keys(GUESSES) as ImportedField[]

/** Names that replace the guesses; an empty name reads nothing. */
type ChosenNames = { readonly [Field in ImportedField]?: string | undefined }

export function fieldNames(chosen: ChosenNames = {}): FieldNames {
  const names = IMPORTED_FIELDS.map((field) => {
    const name = chosen[field]
    return [field, name === undefined ? GUESSES[field] : name === '' ? [] : [name]] as const
  })
  return Object.fromEntries(names) as Record<ImportedField, readonly string[]>
}

/** A value of an old document, and the name of the field it was found in. */
export interface Found {
  name: string
  value: unknown
}

/** The first of these fields that has a value other than null and the empty text. */
export function findValue(
  document: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Found | undefined {
  for (const name of names) {
    const value = valueAt(document, name)
    if (value !== undefined && value !== null && value !== '') return { name, value }
  }
  return undefined
}

/** A column of a CSV file may be called `userInfo.nickName` itself. */
function valueAt(document: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(document, name)) return document[name]
  let value: unknown = document
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string, unknown>)[part]
  }
  return value
}
