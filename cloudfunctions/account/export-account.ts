import * as v from 'valibot'
import type { ExportAccountData, ExportAccountRequest, ExportedIdentity } from '../../contract/account.ts'
import { OWNED_COLLECTIONS } from '../app-config.ts'
import { AppError } from '../shared/core/app-error.ts'
import { logAlarmOnce } from '../shared/core/log-failure.ts'
import { query } from '../shared/database/database.ts'
import type { LoggedIn } from '../shared/handlers/guard.ts'
import { decryptPhoneNumber } from '../shared/phone/phone-cipher.ts'
import type { Call } from '../shared/request/call.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { record } from '../shared/users/audit.ts'
import { parseUser, type User } from '../shared/users/user.ts'
import { users } from '../shared/users/users.ts'
import { avatarRows, MOST_DOCUMENTS, ownedDocuments, rateLimits } from './exported-documents.ts'
import { auditRecordsOf } from './exported-records.ts'
import { alwaysOmitted, damagedRecords, ListsWithinLimit } from './omitted.ts'
import { OMITTED_WORDS } from './omitted-words.ts'
import { hideWithPad, padField } from './one-time-pad.ts'

export const exportInput = requestSchema<ExportAccountRequest>()(
  v.object({ action: v.literal('export'), pad: padField }),
)

/**
 * Exports all stored data of the caller, and names the data that it omits. The platform's logs keep the answer, so the
 * data that identifies the caller is combined with the caller's one-time pad.
 * @throws AppError MISCONFIGURED when a client wrote one of the documents
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
  await record(call, [{ action: 'account.export', userId: call.userId }])
  const whole = parseUser(document)
  const words = OMITTED_WORDS[call.language]
  const lists = new ListsWithinLimit(words)
  const take = <Row>(name: string, rows: readonly Row[] = []) => lists.take(name, rows, MOST_DOCUMENTS)
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
    avatars: take(words.lists.avatars, avatars),
    rateLimits: take(words.lists.rateLimits, limits),
    collections: Object.fromEntries(
      OWNED_COLLECTIONS.map((name, index) => [name, take(name, documents[index])]),
    ),
    records: take(words.lists.records, records),
    omitted: [...alwaysOmitted(whole, document, words), ...lists.omitted, ...damagedRecords(damaged, words)],
  }
}

/** The user's whole document, with `loginWindow` and fields that administrators added. One round trip. */
async function wholeDocument({ budget, userId }: Call): Promise<object> {
  const { data } = await query(budget, users().doc(userId).get())
  if (typeof data !== 'object' || data === null) throw new AppError('ACCOUNT_CLOSED')
  return data
}

/** @throws AppError INTERNAL for ids longer than any of WeChat's */
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

/** Fields that no function relies on. Invalid values of them do not stop the export. */
const looseFields = v.object({
  countryCode: v.fallback(v.string(), ''),
  updatedAt: v.fallback(v.optional(v.date()), undefined),
})

/** The whole number; the masked one if the key of its cipher is missing, which is logged. */
function phoneOf({ keys, functionName, requestId }: Call, user: User): string {
  if (user.phoneCipher === '') return user.phoneMasked
  const phone = decryptPhoneNumber(keys.phone, user._id, user.phoneCipher)
  if (phone !== undefined) return phone
  const detail = 'a phoneCipher cannot be decrypted: a key is missing in LOGIN_SECRETS'
  logAlarmOnce('KEY_NEEDED', { function: functionName, requestId, reason: 'MISCONFIGURED', detail })
  return user.phoneMasked
}
