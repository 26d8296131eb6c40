import * as v from 'valibot'
import type { AdminUser } from '../../contract/admin.ts'
import type { AdminCall } from '../shared/administered.ts'
import { AppError } from '../shared/app-error.ts'
import { textField } from '../shared/input.ts'
import type { User } from '../shared/user.ts'
import { findUser } from '../shared/users.ts'

export const userIdField = v.pipe(v.string(), v.regex(/^u_[\w-]{22}$/))
/** Why an administrator does what they do; kept in `audit_logs`. */
export const reasonField = v.pipe(textField(200), v.trim(), v.minLength(2))

/** @throws AppError NOT_FOUND */
export async function requireUser({ budget }: AdminCall, userId: string): Promise<User> {
  const user = await findUser(budget, userId)
  if (!user) throw new AppError('NOT_FOUND')
  return user
}

/** What an administrator sees of a user: no number in clear, no openid. */
export function adminUserOf(user: User): AdminUser {
  const { statusReason, statusAt, lastLoginAt = user.createdAt } = user
  return {
    userId: user._id,
    phone: user.phoneMasked,
    nickname: user.nickname,
    status: user.status,
    ...(statusReason === undefined ? {} : { statusReason }),
    ...(statusAt === undefined ? {} : { statusAt: statusAt.toISOString() }),
    consentVersion: user.consent.version,
    sessions: user.sessions.length,
    loginCount: user.loginCount,
    createdAt: user.createdAt.toISOString(),
    lastLoginAt: lastLoginAt.toISOString(),
  }
}
