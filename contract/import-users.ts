/** For each field its name in the old documents; `userInfo.nickName` leads into an object. Empty: it is not read. */
export interface ImportedFields {
  openid?: string
  unionid?: string
  phone?: string
  countryCode?: string
  nickname?: string
  avatar?: string
  createdAt?: string
  /** When the old document last changed: the newer of two documents of one person counts. */
  changedAt?: string
  /** True for a person whom the old app had locked out. */
  disabled?: string
}

/** Why an old document makes no user. */
export type UnreadableReason = 'NOT_A_DOCUMENT' | 'OPENID_MISSING' | 'OPENID_INVALID'

export interface ImportUsersData {
  /** How many old documents the call has read. The other figures are parts of it. */
  read: number
  /** New users; in a dry run those that there would be. */
  added: number
  /** Users already, from an earlier import or because they have registered; left as they are. */
  existing: number
  /** Further documents of a person who has a newer one. */
  older: number
  /** Of people who have closed their account within the last hours; not imported. */
  closed: number
  /** Among those added: users without a number, and of them those whose old number is none. */
  withoutPhone: number
  invalidPhone: number
  unreadable: number
  /** The first unreadable documents, at most 50. `id` as stored; `hmac:…` for an id that may name the person. */
  unreadableDocuments: { id: string; reason: UnreadableReason }[]
  /** For `after` of the next call; absent at the end. */
  next?: string
}
