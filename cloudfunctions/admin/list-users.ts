import * as v from 'valibot'
import type { ListUsersRequest } from '../../contract/admin.ts'
import type { ListUsersData } from '../../contract/admin-look.ts'
import { settleAll } from '../shared/core/settle-all.ts'
import { query } from '../shared/database/database.ts'
import type { AdminCall } from '../shared/handlers/admin-only.ts'
import { textField } from '../shared/request/input.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { auditEntries, writeEntries } from '../shared/users/audit.ts'
import { parseUser, type User } from '../shared/users/user.ts'
import { users } from '../shared/users/users.ts'
import { adminUserOf, reasonField } from './admin-user.ts'
import { behind } from './behind.ts'
import {
  type Position,
  placeOf,
  positionOf,
  readCursor,
  type UserFilters,
  type UserOrder,
  userOrder,
  writeCursor,
} from './user-order.ts'

const MOST_ROWS = 200
const USUAL_ROWS = 20
/** Read at once where some of them may not match. */
const READ_AT_ONCE = 200
/** One call reads at most this many times `READ_AT_ONCE`. */
const MOST_READS = 5
/** Another read is begun only while this much time is left. */
const ENOUGH_MILLISECONDS = 1200

const isoTime = v.optional(
  v.pipe(
    v.string(),
    v.maxLength(40),
    v.regex(/^\d{4}-\d\d-\d\d/),
    v.check((text) => !Number.isNaN(Date.parse(text))),
  ),
)

export const listInput = requestSchema<ListUsersRequest>()(
  v.object({
    action: v.literal('list'),
    nickname: v.optional(textField(40)),
    device: v.optional(textField(100)),
    status: v.optional(v.picklist(['active', 'disabled', 'closing'])),
    lastLoginFrom: isoTime,
    lastLoginBefore: isoTime,
    createdFrom: isoTime,
    createdBefore: isoTime,
    cursor: v.optional(textField(512)),
    limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_ROWS))),
    reason: v.optional(reasonField),
  }),
)

/**
 * One page of users. Each filter has an index; a call reads a bounded number of documents, whatever the filters are.
 * @throws AppError BAD_REQUEST for a cursor of another list
 */
export async function listUsers(
  { action: _action, cursor, limit = USUAL_ROWS, reason, ...filters }: v.InferOutput<typeof listInput>,
  call: AdminCall,
): Promise<ListUsersData> {
  const named = given(filters)
  const order = userOrder(named)
  const after = cursor === undefined ? undefined : readCursor(order, cursor)
  const event = {
    action: 'admin.list' as const,
    by: call.admin,
    detail: Object.keys(named).join(', ') || 'all',
    ...(reason === undefined ? {} : { reason }),
  }
  const [page] = await settleAll([
    readPage(call, named, order, after, limit),
    // Before the answer, so that no access goes unrecorded.
    writeEntries(call, auditEntries(call, [event])),
  ])
  return page
}

/** Without the fields that are absent. */
function given(filters: { [Name in keyof UserFilters]: UserFilters[Name] | undefined }): UserFilters {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
}

async function readPage(
  { budget }: AdminCall,
  filters: UserFilters,
  order: UserOrder,
  after: Position | undefined,
  limit: number,
): Promise<ListUsersData> {
  const found: User[] = []
  let unreadable = 0
  let position = after
  const page = (hasMore: boolean): ListUsersData => ({
    users: found.map(adminUserOf),
    unreadable,
    ...(hasMore && position ? { nextCursor: writeCursor(order, position) } : {}),
  })
  const atOnce = Object.keys(filters).length > 1 ? READ_AT_ONCE : limit + 1
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    if (reads > 0 && budget.left() < ENOUGH_MILLISECONDS) break
    const begin = position
    const selection = users()
      .where(begin ? behind(order, placeOf(begin)) : order.condition)
      .orderBy(order.field, order.direction)
      .orderBy('_id', order.direction)
      .limit(atOnce)
    const { data } = await query(budget, selection.get())
    for (const document of data) {
      if (found.length === limit) return page(true)
      const user = readUser(document)
      if (!user) unreadable += 1
      else if (matches(user, filters)) found.push(user)
      position = positionOf(order, document) ?? position
    }
    // Documents that have no place in the order would be read again and again.
    if (data.length < atOnce || position === begin) return page(false)
  }
  return page(true)
}

/** A document that cannot be read, or that a client wrote, hides no other one. */
function readUser(document: unknown): User | undefined {
  try {
    return parseUser(document)
  } catch {
    return undefined
  }
}

function matches(user: User, filters: UserFilters): boolean {
  const {
    nickname = '',
    device,
    status,
    lastLoginFrom,
    lastLoginBefore,
    createdFrom,
    createdBefore,
  } = filters
  return (
    user.nickname.startsWith(nickname) &&
    (device === undefined || user.sessions.some((session) => session.device.model === device)) &&
    (status === undefined || user.status === status) &&
    isBetween(user.lastLoginAt, lastLoginFrom, lastLoginBefore) &&
    isBetween(user.createdAt, createdFrom, createdBefore)
  )
}

function isBetween(at: Date | undefined, from: string | undefined, before: string | undefined): boolean {
  if (from === undefined && before === undefined) return true
  if (!at) return false
  return (from === undefined || at >= new Date(from)) && (before === undefined || at < new Date(before))
}
