import * as v from 'valibot'
import type { FindUserData, FindUserRequest } from '../../contract/admin.ts'
import { AppError } from '../shared/core/app-error.ts'
import { query } from '../shared/database/database.ts'
import type { AdminCall } from '../shared/handlers/admin-only.ts'
import { storedOldId } from '../shared/import/imported-user.ts'
import { phoneIndexOf } from '../shared/phone/phone-cipher.ts'
import { textField } from '../shared/request/input.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { auditEntries, writeEntries } from '../shared/users/audit.ts'
import { parseUser, type User } from '../shared/users/user.ts'
import { findUser, users } from '../shared/users/users.ts'
import { adminUserOf, reasonField, userIdField } from './admin-user.ts'

const MOST_USERS = 20

const common = { action: v.literal('find'), reason: v.optional(reasonField) }
export const findInput = requestSchema<FindUserRequest>()(
  v.union([
    v.object({ ...common, phone: textField(32) }),
    v.object({ ...common, userId: userIdField }),
    v.object({ ...common, oldId: textField(128) }),
  ]),
)

/**
 * Finds users by full number, through the blind index, by user id, or by the id of an old document that was imported.
 * @throws AppError BAD_REQUEST for a text that is not a phone number
 */
export async function findUsers(
  input: v.InferOutput<typeof findInput>,
  call: AdminCall,
): Promise<FindUserData> {
  const all = await findAll(input, call)
  const found = all.slice(0, MOST_USERS)
  const reason = input.reason === undefined ? {} : { reason: input.reason }
  const about = found.length === 0 ? [{}] : found.map(({ _id }) => ({ userId: _id }))
  const events = about.map((user) => ({
    action: 'admin.find' as const,
    by: call.admin,
    ...user,
    ...reason,
  }))
  // Before the answer, so that no access goes unrecorded.
  await writeEntries(call, auditEntries(call, events))
  return { users: found.map(adminUserOf), hasMore: all.length > found.length }
}

function findAll(input: v.InferOutput<typeof findInput>, call: AdminCall): Promise<User[]> {
  if ('userId' in input) return byId(call, input.userId)
  if ('oldId' in input) return byCondition(call, { importedFrom: storedOldId(call.keys, input.oldId) })
  return byCondition(call, { phoneHash: phoneIndexOf(call.keys.phoneIndex, parsePhone(input.phone)) })
}

async function byId({ budget }: AdminCall, userId: string): Promise<User[]> {
  const user = await findUser(budget, userId)
  return user ? [user] : []
}

/** Reads one user more than the answer contains, which shows whether there are more. */
async function byCondition({ budget }: AdminCall, condition: object): Promise<User[]> {
  const selection = users()
    .where(condition)
    .limit(MOST_USERS + 1)
  const { data } = await query(budget, selection.get())
  return data.map(parseUser)
}

/** Parses a number as people write it. Without a country code it is mainland China's. Returns E.164. */
function parsePhone(text: string): string {
  const compact = text.replaceAll(/[\s()-]/g, '').replace(/^00/, '+')
  if (/^1\d{10}$/.test(compact)) return `+86${compact}`
  if (/^\+\d{5,19}$/.test(compact)) return compact
  throw new AppError('BAD_REQUEST', { field: 'phone' })
}
