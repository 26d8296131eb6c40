import * as v from 'valibot'
import type { FindUserData } from '../../contract/admin.ts'
import type { AdminCall } from '../shared/administered.ts'
import { AppError } from '../shared/app-error.ts'
import { auditRows, writeRows } from '../shared/audit.ts'
import { ask } from '../shared/database.ts'
import { textField } from '../shared/input.ts'
import { phoneIndexOf } from '../shared/phone-cipher.ts'
import { parseUser, type User } from '../shared/user.ts'
import { findUser, users } from '../shared/users.ts'
import { adminUserOf, reasonField, userIdField } from './admin-user.ts'

const MOST_USERS = 20

const common = { action: v.literal('find'), reason: v.optional(reasonField) }
export const findInput = v.union([
  v.object({ ...common, phone: textField(32) }),
  v.object({ ...common, userId: userIdField }),
])

/**
 * By full number, through the blind index, or by user id.
 * @throws AppError BAD_REQUEST for what is no phone number
 */
export async function findUsers(
  input: v.InferOutput<typeof findInput>,
  call: AdminCall,
): Promise<FindUserData> {
  const all = 'phone' in input ? await byPhone(call, input.phone) : await byId(call, input.userId)
  const found = all.slice(0, MOST_USERS)
  const reason = input.reason === undefined ? {} : { reason: input.reason }
  const about = found.length === 0 ? [{}] : found.map(({ _id }) => ({ userId: _id }))
  const happenings = about.map((whom) => ({ act: 'admin.find' as const, by: call.admin, ...whom, ...reason }))
  // Nothing is shown that is not recorded.
  await writeRows(call, auditRows(call, happenings))
  return { users: found.map(adminUserOf), hasMore: all.length > found.length }
}

async function byId({ budget }: AdminCall, userId: string): Promise<User[]> {
  const user = await findUser(budget, userId)
  return user ? [user] : []
}

/** One more than is shown, which tells whether there are more. */
async function byPhone({ budget, keys }: AdminCall, phone: string): Promise<User[]> {
  const phoneHash = phoneIndexOf(keys.phoneIndex, parsePhone(phone))
  const { data } = await ask(
    budget,
    users()
      .where({ phoneHash })
      .limit(MOST_USERS + 1)
      .get(),
  )
  return data.map(parseUser)
}

/** As people write numbers: without a country code it is mainland China's. Returns E.164. */
function parsePhone(text: string): string {
  const compact = text.replaceAll(/[\s()-]/g, '').replace(/^00/, '+')
  if (/^1\d{10}$/.test(compact)) return `+86${compact}`
  if (/^\+\d{5,19}$/.test(compact)) return compact
  throw new AppError('BAD_REQUEST', { field: 'phone' })
}
