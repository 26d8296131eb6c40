import type { Document } from 'wechat-cloud-emulator/testing'
import type { CloudKit } from '../support/cloud-kit.ts'
import { DAY_MILLISECONDS, type TestUser } from '../support/test-user.ts'

/** Values that differ between users or between runs. */
const VARYING_FIELDS = new Set([
  '_id',
  'id',
  'openid',
  'userId',
  'generation',
  'phoneCipher',
  'avatar',
  'statusReason',
  // Of a transfer, the other account and the entries in `audit_logs`.
  'transferRefusals',
  'by',
  'of',
  'from',
  'records',
])

/** No part of the account: traces of attempts, and paths in the storage that `cleanup` deletes. */
const NOT_OF_THE_ACCOUNT = new Set(['audit_logs', 'avatars', 'closed_accounts'])

/** The user's account as it is stored, without what varies; times are days from now. */
export function storedAccount(user: TestUser): string {
  const { database } = user.kit.cloud
  const filter = { $or: conditionsOf(user) }
  const names = database.collections().map(({ name }) => name)
  const found = names
    .filter((name) => !NOT_OF_THE_ACCOUNT.has(name))
    .map((name) => [name, database.documents(name, { filter })])
  const varying = user.hasOwnNumber ? new Set([...VARYING_FIELDS, 'phoneHash']) : VARYING_FIELDS
  return JSON.stringify(comparable(Object.fromEntries(found), Date.now(), varying))
}

/** Removes everybody's documents and phone codes, for cases that no other case runs beside. The day's counters stay. */
export function forgetEverybody({ cloud: { database, phoneCodes } }: CloudKit): void {
  for (const { name } of database.collections()) {
    if (name === 'daily_counts') continue
    for (const { _id } of database.documents(name)) database.removeDocument(name, _id)
  }
  phoneCodes.clear()
}

/** Matches the documents of a user, who may have no account any more. */
function conditionsOf(user: TestUser): Document[] {
  return [{ openid: user.openid }, { userId: user.knownUserId ?? '' }]
}

function comparable(value: unknown, now: number, varying: ReadonlySet<string>): unknown {
  if (value instanceof Date) return `${Math.round((value.getTime() - now) / DAY_MILLISECONDS)} days`
  if (Array.isArray(value)) return value.map((item) => comparable(item, now, varying))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value as Document)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [
        name,
        varying.has(name) && inner !== '' ? 'varies' : comparable(inner, now, varying),
      ]),
  )
}
