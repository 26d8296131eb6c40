import * as v from 'valibot'
import type { RecordsRequest } from '../../contract/admin.ts'
import type { RecordsData } from '../../contract/admin-look.ts'
import { AppError } from '../shared/core/app-error.ts'
import { settleAll } from '../shared/core/settle-all.ts'
import type { AdminCall } from '../shared/handlers/admin-only.ts'
import { textField } from '../shared/request/input.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { auditEntries, writeEntries } from '../shared/users/audit.ts'
import { DAY_MILLISECONDS, startOfDay } from '../shared/users/count-days.ts'
import { reasonField, userIdField } from './admin-user.ts'
import { readPlace, readRecords } from './audit-record.ts'

const MOST_RECORDS = 50

export const recordsInput = requestSchema<RecordsRequest>()(
  v.object({
    action: v.literal('records'),
    userId: v.optional(userIdField),
    act: v.optional(v.pipe(v.string(), v.maxLength(40), v.regex(/^[A-Za-z]+(\.[A-Za-z]+)?$/))),
    day: v.optional(v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/))),
    cursor: v.optional(textField(300)),
    reason: v.optional(reasonField),
  }),
)

/**
 * One page of audit entries. Reading them is an entry too.
 * @throws AppError BAD_REQUEST for a day that no calendar has, or a cursor that no page had
 */
export async function listRecords(
  { userId, act, day, cursor, reason }: v.InferOutput<typeof recordsInput>,
  call: AdminCall,
): Promise<RecordsData> {
  const filters = {
    ...(userId === undefined ? {} : { userId }),
    ...(act === undefined ? {} : { act }),
    ...(day === undefined ? {} : dayInChina(day)),
  }
  const last = cursor === undefined ? undefined : readPlace(cursor)
  const event = {
    action: 'admin.records' as const,
    by: call.admin,
    ...(userId === undefined ? {} : { userId }),
    ...(act === undefined && day === undefined ? {} : { detail: [act, day].filter(Boolean).join(' ') }),
    ...(reason === undefined ? {} : { reason }),
  }
  const [page] = await settleAll([
    readRecords(call, filters, last, MOST_RECORDS),
    // Before the answer, so that no access goes unrecorded.
    writeEntries(call, auditEntries(call, [event])),
  ])
  return page
}

function dayInChina(day: string): { from: number; before: number } {
  const from = startOfDay(day)
  if (Number.isNaN(from)) throw new AppError('BAD_REQUEST', { field: 'day' })
  return { from, before: from + DAY_MILLISECONDS }
}
