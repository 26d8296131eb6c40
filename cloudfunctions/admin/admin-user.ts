import * as v from 'valibot'
import type { AdminUser } from '../../contract/admin-look.ts'
import { AppError } from '../shared/core/app-error.ts'
import type { AdminCall } from '../shared/handlers/admin-only.ts'
import { textField } from '../shared/request/input.ts'
import type { User } from '../shared/users/user.ts'
import { findUser } from '../shared/users/users.ts'

export const userIdField = v.pipe(v.string(), v.regex(/^u_[\w-]{22}$/))
/** An administrator's reason for an action; stored in `audit_logs`. */
export const reasonField = v.pipe(textField(200), v.trim(), v.minLength(2))

/** @throws AppError NOT_FOUND */
export async function requireUser({ budget }: AdminCall, userId: string): Promise<User> {
  const user = await findUser(budget, userId)
  if (!user) throw new AppError('NOT_FOUND')
  return user
}

/** A user as administrators see them: without the whole number and the openid. */
export function adminUserOf(user: User): AdminUser {
  const { phoneVerifiedAt, statusReason, statusAt, lastLoginAt = user.createdAt } = user
  return {
    userId: user._id,
    phone: user.phoneMasked,
    ...(phoneVerifiedAt === undefined ? {} : { phoneVerifiedAt: phoneVerifiedAt.toISOString() }),
    imported: user.importedFrom !== undefined,
    nickname: user.nickname,
    status: user.status,
    ...(statusReason === undefined ? {} : { statusReason }),
    ...(statusAt === undefined ? {} : { statusAt: statusAt.toISOString() }),
    consentVersion: user.consent.version,
    sessions: user.sessions.length,
    devices: [...new Set(user.sessions.map(({ device }) => device.model))],
    loginCount: user.loginCount,
    createdAt: user.createdAt.toISOString(),
    lastLoginAt: lastLoginAt.toISOString(),
  }
}
