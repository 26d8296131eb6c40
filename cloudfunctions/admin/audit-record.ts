import * as v from 'valibot'
import type { AuditRecord } from '../../contract/admin-look.ts'
import { AppError } from '../shared/core/app-error.ts'
import { command as _, collection, query } from '../shared/database/database.ts'
import type { AdminCall } from '../shared/handlers/admin-only.ts'
import { behind } from './behind.ts'

const optionalText = v.fallback(v.optional(v.string()), undefined)

const entrySchema = v.object({
  _id: v.string(),
  at: v.date(),
  act: v.string(),
  userId: optionalText,
  by: v.fallback(v.string(), ''),
  outcome: v.fallback(v.string(), ''),
  reason: optionalText,
  detail: optionalText,
  requestId: optionalText,
  device: v.fallback(v.optional(v.object({ model: v.string() })), undefined),
  from: v.fallback(v.optional(v.object({ source: v.string() })), undefined),
})

const placeSchema = v.object({ _id: v.string(), at: v.date() })

/** Which entries: those of one person, else of one action, in a stretch of time. One index serves each combination. */
export interface RecordFilters {
  userId?: string
  act?: string
  /** Milliseconds since 1970. */
  from?: number
  before?: number
}

export interface RecordPage {
  records: AuditRecord[]
  unreadable: number
  nextCursor?: string
}

/**
 * A page of entries, the newest first, from at most `limit` documents. One round trip.
 * @param place of the last entry of the page before
 */
export async function readRecords(
  { budget }: AdminCall,
  { userId, act, from = 0, before }: RecordFilters,
  place: Place | undefined,
  limit: number,
): Promise<RecordPage> {
  const least = _.gte(new Date(from))
  const at = before === undefined ? least : least.and(_.lt(new Date(before)))
  // A person has few entries: their action is compared below.
  const who = userId !== undefined ? { userId } : act !== undefined ? { act } : {}
  const condition = { ...who, at }
  const selection = collection('audit_logs')
    .where(
      place
        ? behind({ field: 'at', direction: 'desc', condition }, { value: place.at, id: place._id })
        : condition,
    )
    .orderBy('at', 'desc')
    .orderBy('_id', 'desc')
    .limit(limit + 1)
  const { data } = await query(budget, selection.get())
  const entries = data.slice(0, limit).map(parseEntry)
  const read = entries.filter((entry) => entry !== undefined)
  // Unreadable ones have a place as well: none of them may hide what is older.
  const last = data.slice(0, limit).findLast((document) => v.is(placeSchema, document))
  return {
    records: read.filter((entry) => act === undefined || entry.act === act).map(recordOf),
    unreadable: entries.length - read.length,
    ...(data.length > limit && v.is(placeSchema, last)
      ? { nextCursor: `${last.at.getTime()}.${last._id}` }
      : {}),
  }
}

type Entry = v.InferOutput<typeof entrySchema>

/** Undefined for a damaged document, and for one that a client wrote. */
function parseEntry(document: unknown): Entry | undefined {
  if (typeof document !== 'object' || document === null || '_openid' in document) return undefined
  const entry = v.safeParse(entrySchema, document)
  return entry.success ? entry.output : undefined
}

function recordOf({ _id: id, at, act, by, outcome, device, from, ...rest }: Entry): AuditRecord {
  const { userId, reason, detail, requestId } = rest
  return {
    id,
    at: at.toISOString(),
    act,
    ...(userId === undefined ? {} : { userId }),
    by,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(detail === undefined ? {} : { detail }),
    ...(device === undefined ? {} : { device: device.model }),
    ...(from === undefined ? {} : { source: from.source }),
    ...(requestId === undefined ? {} : { requestId }),
  }
}

type Place = v.InferOutput<typeof placeSchema>

/** @throws AppError BAD_REQUEST for a cursor that no page had */
export function readPlace(cursor: string): Place {
  const [, time, _id] = /^(\d{1,15})\.(.{1,256})$/s.exec(cursor) ?? []
  if (time === undefined || _id === undefined) throw new AppError('BAD_REQUEST', { field: 'cursor' })
  return { at: new Date(Number(time)), _id }
}
