import * as v from 'valibot'
import type { ShowUserRequest } from '../../contract/admin.ts'
import type { AdminFile, AdminSession, ShowUserData } from '../../contract/admin-look.ts'
import { settleAll } from '../shared/core/settle-all.ts'
import type { AdminCall } from '../shared/handlers/admin-only.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { auditEntries, writeEntries } from '../shared/users/audit.ts'
import { avatarsOf, parseAvatarRows, pathOf } from '../shared/users/avatars.ts'
import type { User } from '../shared/users/user.ts'
import { adminUserOf, reasonField, requireUser, userIdField } from './admin-user.ts'
import { readRecords } from './audit-record.ts'

const MOST_RECORDS = 20

export const showInput = requestSchema<ShowUserRequest>()(
  v.object({ action: v.literal('show'), userId: userIdField, reason: v.optional(reasonField) }),
)

/** One person with devices, audit entries and files. @throws AppError NOT_FOUND */
export async function showUser(
  { userId, reason }: v.InferOutput<typeof showInput>,
  call: AdminCall,
): Promise<ShowUserData> {
  const user = await requireUser(call, userId)
  const event = {
    action: 'admin.show' as const,
    userId,
    by: call.admin,
    ...(reason === undefined ? {} : { reason }),
  }
  const [{ records, nextCursor }, rows] = await settleAll([
    readRecords(call, { userId }, undefined, MOST_RECORDS),
    avatarsOf(call, userId),
    // Before the answer, so that no access goes unrecorded.
    writeEntries(call, auditEntries(call, [event])),
  ])
  return {
    user: adminUserOf(user),
    sessions: sessionsOf(user),
    records,
    ...(nextCursor === undefined ? {} : { recordsCursor: nextCursor }),
    files: filesOf(user, rows),
  }
}

function sessionsOf({ sessions }: User): AdminSession[] {
  return [...sessions]
    .sort((left, right) => right.createdAt.getTime() - left.createdAt.getTime())
    .map(({ device, createdAt, lastSeenAt, expiresAt }) => ({
      model: device.model,
      platform: device.platform,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    }))
}

const createdSchema = v.object({ _id: v.string(), createdAt: v.date() })

function filesOf({ avatar }: User, rows: readonly unknown[]): AdminFile[] {
  const times = new Map(
    rows.filter((row) => v.is(createdSchema, row)).map(({ _id, createdAt }) => [_id, createdAt]),
  )
  return parseAvatarRows(rows).map(({ _id: path }) => {
    const createdAt = times.get(path)
    return {
      path,
      isProfilePicture: pathOf(avatar) === path,
      ...(createdAt === undefined ? {} : { createdAt: createdAt.toISOString() }),
    }
  })
}
