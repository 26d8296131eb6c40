import * as v from 'valibot'
import type { ExportAccountData, ExportedIdentity } from '../../contract/account.ts'
import { AppError } from '../shared/app-error.ts'
import { record } from '../shared/audit.ts'
import { auditRecordsOf } from '../shared/audit-records.ts'
import type { Call } from '../shared/call.ts'
import { ask } from '../shared/database.ts'
import type { LoggedIn } from '../shared/guard.ts'
import { log } from '../shared/log.ts'
import { OWNED_COLLECTIONS } from '../shared/owned-collections.ts'
import { openPhoneNumber } from '../shared/phone-cipher.ts'
import { parseUser, type User } from '../shared/user.ts'
import { users } from '../shared/users.ts'
import { avatarRows, MOST_DOCUMENTS, ownedDocuments, rateLimits } from './exported-documents.ts'
import { alwaysOmitted, damagedRecords, RoomForLists } from './omitted.ts'
import { hideWithPad, padField } from './one-time-pad.ts'

export const exportInput = v.object({ action: v.literal('export'), pad: padField })

/**
 * Everything that is kept about the caller, for the caller alone, or a word that it is left out. The platform keeps
 * what a function answers in its logs, so what tells who the caller is is hidden with the caller's pad.
 * @throws AppError MISCONFIGURED when a client wrote some of it
 */
export async function exportAccount(
  { pad }: v.InferOutput<typeof exportInput>,
  call: Call,
  { user, claims }: LoggedIn,
): Promise<ExportAccountData> {
  const [document, { records, damaged }, avatars, limits, ...documents] = await Promise.all([
    wholeDocument(call),
    auditRecordsOf(call, user, MOST_DOCUMENTS),
    avatarRows(call),
    rateLimits(call),
    ...OWNED_COLLECTIONS.map((name) => ownedDocuments(call, user, name)),
  ])
  await record(call, [{ act: 'account.export', userId: call.userId }])
  const whole = parseUser(document)
  const room = new RoomForLists()
  const take = <Row>(name: string, rows: readonly Row[] = []) => room.take(name, rows, MOST_DOCUMENTS)
  return {
    exportedAt: new Date(call.now).toISOString(),
    identity: identityOf(call, user, pad),
    account: accountOf(whole, document),
    sessions: user.sessions.map(({ id, device, createdAt, lastSeenAt, expiresAt }) => ({
      id,
      device,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      current: id === claims.sessionId,
    })),
    avatars: take('头像存放位置', avatars),
    rateLimits: take('操作频率', limits),
    collections: Object.fromEntries(
      OWNED_COLLECTIONS.map((name, place) => [name, take(name, documents[place])]),
    ),
    records: take('安全记录', records),
    omitted: [...alwaysOmitted(whole, document), ...room.omitted, ...damagedRecords(damaged)],
  }
}

/** The guard reads without `loginWindow`, and without what administrators may have added. One round trip. */
async function wholeDocument({ budget, userId }: Call): Promise<object> {
  const { data } = await ask(budget, users().doc(userId).get())
  if (typeof data !== 'object' || data === null) throw new AppError('ACCOUNT_CLOSED')
  return data
}

/** @throws AppError INTERNAL for one that is longer than any of WeChat's */
function identityOf(call: Call, user: User, pad: string): string {
  const { openid, unionid } = user
  const identity: ExportedIdentity = {
    openid,
    ...(unionid === undefined ? {} : { unionid }),
    phone: phoneOf(call, user),
  }
  const hidden = hideWithPad(pad, identity)
  if (hidden === undefined) throw new AppError('INTERNAL', { log: 'openid and unionid are too long' })
  return hidden
}

function accountOf(user: User, document: object): ExportAccountData['account'] {
  const { consent, createdAt, lastLoginAt = createdAt, phoneVerifiedAt, statusAt } = user
  const { countryCode, updatedAt } = v.parse(looseFields, document)
  return {
    id: user._id,
    phone: user.phoneMasked,
    countryCode,
    ...(phoneVerifiedAt === undefined ? {} : { phoneVerifiedAt: phoneVerifiedAt.toISOString() }),
    nickname: user.nickname,
    avatar: user.avatar,
    status: user.status,
    ...(statusAt === undefined ? {} : { statusAt: statusAt.toISOString() }),
    consent: { version: consent.version, at: consent.at.toISOString() },
    createdAt: createdAt.toISOString(),
    ...(updatedAt === undefined ? {} : { updatedAt: updatedAt.toISOString() }),
    lastLoginAt: lastLoginAt.toISOString(),
    loginCount: user.loginCount,
    loginWindow: user.loginWindow.map((at) => at.toISOString()),
  }
}

/** Fields that no function relies on: whatever an administrator made of them, the export goes on. */
const looseFields = v.object({
  countryCode: v.fallback(v.string(), ''),
  updatedAt: v.fallback(v.optional(v.date()), undefined),
})

/** In clear; masked where the key of its cipher is no longer set, which the log then says. */
function phoneOf({ keys, functionName, requestId }: Call, user: User): string {
  if (user.phoneCipher === '') return user.phoneMasked
  const phone = openPhoneNumber(keys.phone, user._id, user.phoneCipher)
  if (phone !== undefined) return phone
  const detail = 'a phoneCipher cannot be opened: a key is missing in LOGIN_SECRETS'
  log('error', { function: functionName, requestId, reason: 'MISCONFIGURED', detail })
  return user.phoneMasked
}
