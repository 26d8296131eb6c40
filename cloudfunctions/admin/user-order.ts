import * as v from 'valibot'
import type { ListUsersRequest } from '../../contract/admin.ts'
import { AppError } from '../shared/core/app-error.ts'
import { command as _ } from '../shared/database/database.ts'
import type { PageOrder, Place } from './behind.ts'

/** The filters of a list, without paging. */
export type UserFilters = Omit<ListUsersRequest, 'action' | 'cursor' | 'limit' | 'reason'>

/** How the users of a list are read: one index serves the condition and the order. */
export interface UserOrder extends PageOrder {
  field: 'nickname' | 'createdAt' | 'lastLoginAt'
}

/** Of a user in the order. Times are milliseconds since 1970. */
export interface Position {
  value: string | number
  id: string
}

/** No text with the prefix sorts after the prefix and this character. */
const LAST_CHARACTER = '\u{10ffff}'

/** The filter that leaves the fewest users decides. The others are checked when the users have been read. */
export function userOrder(filters: UserFilters): UserOrder {
  const { nickname, device, status, lastLoginFrom, lastLoginBefore, createdFrom, createdBefore } = filters
  if (nickname !== undefined) {
    const condition = { nickname: _.gte(nickname).and(_.lt(nickname + LAST_CHARACTER)) }
    return { field: 'nickname', direction: 'asc', condition }
  }
  const created = { createdAt: between(createdFrom, createdBefore) }
  const newestFirst = { field: 'createdAt', direction: 'desc' } as const
  if (device !== undefined)
    return { ...newestFirst, condition: { 'sessions.device.model': device, ...created } }
  const hasLastLogin = lastLoginFrom !== undefined || lastLoginBefore !== undefined
  // Nearly everybody is active.
  if (status !== undefined && !(status === 'active' && hasLastLogin))
    return { ...newestFirst, condition: { status, ...created } }
  if (!hasLastLogin) return { ...newestFirst, condition: created }
  const condition = { lastLoginAt: between(lastLoginFrom, lastLoginBefore) }
  return { field: 'lastLoginAt', direction: 'desc', condition }
}

/** Always a bound, so that only dates match. */
function between(from: string | undefined, before: string | undefined): object {
  const least = _.gte(new Date(from ?? 0))
  return before === undefined ? least : least.and(_.lt(new Date(before)))
}

/** What the position is called in a condition. */
export function placeOf({ value, id }: Position): Place {
  return { value: typeof value === 'number' ? new Date(value) : value, id }
}

/** @returns undefined for a document that is not in the order */
export function positionOf({ field }: UserOrder, document: unknown): Position | undefined {
  const { _id: id, [field]: found } = (document ?? {}) as Record<string, unknown>
  const value = found instanceof Date ? found.getTime() : found
  const isKnown = field === 'nickname' ? typeof value === 'string' : typeof value === 'number'
  return isKnown && typeof id === 'string' ? { value: value as Position['value'], id } : undefined
}

const time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15))
const cursorSchema = {
  nickname: v.strictTuple([v.literal('nickname'), v.string(), v.string()]),
  createdAt: v.strictTuple([v.literal('createdAt'), time, v.string()]),
  lastLoginAt: v.strictTuple([v.literal('lastLoginAt'), time, v.string()]),
}

export function writeCursor({ field }: UserOrder, { value, id }: Position): string {
  return Buffer.from(JSON.stringify([field, value, id])).toString('base64url')
}

/** @throws AppError BAD_REQUEST for a cursor of another order */
export function readCursor({ field }: UserOrder, cursor: string): Position {
  const read = v.safeParse(cursorSchema[field], parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  if (!read.success) throw new AppError('BAD_REQUEST', { field: 'cursor' })
  const [, value, id] = read.output
  return { value, id }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
