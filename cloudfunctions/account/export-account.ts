import * as v from 'valibot'
import type { ExportAccountData } from '../../contract/account.ts'
import { record } from '../shared/audit.ts'
import { auditRecordsOf } from '../shared/audit-records.ts'
import type { Call } from '../shared/call.ts'
import { refuseClientDocument } from '../shared/client-document.ts'
import { ofClosedAccount } from '../shared/closed-accounts.ts'
import { ask, collection } from '../shared/database.ts'
import type { LoggedIn } from '../shared/guard.ts'
import { log } from '../shared/log.ts'
import { OWNED_COLLECTIONS } from '../shared/owned-collections.ts'
import { openPhoneNumber } from '../shared/phone-cipher.ts'
import type { User } from '../shared/user.ts'

const MOST_DOCUMENTS = 1000

export const exportInput = v.object({ action: v.literal('export') })

/**
 * Everything that is kept about the caller, for the caller alone.
 * @throws AppError MISCONFIGURED when a client wrote some of it
 */
export async function exportAccount(
  _input: unknown,
  call: Call,
  { user }: LoggedIn,
): Promise<ExportAccountData> {
  const [records, ...documents] = await Promise.all([
    auditRecordsOf(call, user),
    ...OWNED_COLLECTIONS.map((name) => documentsOf(call, user, name)),
  ])
  await record(call, [{ act: 'account.export', userId: call.userId }])
  return {
    exportedAt: new Date(call.now).toISOString(),
    account: accountOf(call, user),
    sessions: user.sessions.map(({ device, createdAt, lastSeenAt, expiresAt }) => ({
      device,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    })),
    collections: Object.fromEntries(OWNED_COLLECTIONS.map((name, place) => [name, documents[place] ?? []])),
    records,
  }
}

function accountOf(call: Call, user: User): ExportAccountData['account'] {
  const { unionid, consent, createdAt, lastLoginAt = createdAt } = user
  return {
    id: user._id,
    openid: user.openid,
    ...(unionid === undefined ? {} : { unionid }),
    phone: phoneOf(call, user),
    nickname: user.nickname,
    avatar: user.avatar,
    consent: { version: consent.version, at: consent.at.toISOString() },
    createdAt: createdAt.toISOString(),
    lastLoginAt: lastLoginAt.toISOString(),
    loginCount: user.loginCount,
  }
}

/** In clear; masked where the key of its cipher is no longer set, which the log then says. */
function phoneOf({ keys, functionName, requestId }: Call, user: User): string {
  if (user.phoneCipher === '') return user.phoneMasked
  const phone = openPhoneNumber(keys.phone, user._id, user.phoneCipher)
  if (phone !== undefined) return phone
  const detail = 'a phoneCipher cannot be opened: a key is missing in LOGIN_SECRETS'
  log('error', { function: functionName, requestId, reason: 'MISCONFIGURED', detail })
  return user.phoneMasked
}

/** Without `_id`, `userId` and the account's mark, which say nothing that `account.id` does not. */
async function documentsOf(
  { budget, userId }: Call,
  user: User,
  name: string,
): Promise<Record<string, unknown>[]> {
  const query = collection(name).where({ userId }).orderBy('createdAt', 'desc').limit(MOST_DOCUMENTS)
  const { data } = await ask(budget, query.get())
  for (const document of data) refuseClientDocument(name, document)
  const documents = data as Record<string, unknown>[]
  const isOfClosed = await ofClosedAccount(budget, user, documents)
  return documents
    .filter((document) => !isOfClosed(document))
    .map(({ _id, userId: _owner, generation: _mark, ...fields }) => fields)
}
