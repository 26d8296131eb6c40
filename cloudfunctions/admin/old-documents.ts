import * as v from 'valibot'
import { AppError } from '../shared/core/app-error.ts'
import { decryptForAdmin, encryptForAdmin } from '../shared/crypto/admin-encryption.ts'
import { command as _, foreignCollection, query } from '../shared/database/database.ts'
import type { AdminCall } from '../shared/handlers/admin-only.ts'
import type { FieldNames } from '../shared/import/field-names.ts'

/** Documents of one page: a function reads them and writes their users well within its time. */
const PAGE = 50

/** An `_id`: a text, or a number that the app chose. */
export type OldId = string | number

export interface OldPage {
  documents: unknown[]
  /** The last id, if there may be more documents. */
  next: OldId | undefined
}

/**
 * A page of old documents in the order of their ids, with the fields that an import reads.
 * @throws AppError NOT_FOUND without such a collection
 */
export async function readOldPage(
  { budget }: AdminCall,
  name: string,
  fields: FieldNames,
  after: OldId | undefined,
): Promise<OldPage> {
  const selection = foreignCollection(name).where(conditionAfter(after)).orderBy('_id', 'asc')
  const request = selection.field(projectionOf(fields)).limit(PAGE).get()
  const { data } = await query(budget, request).catch(throwMissing)
  const last = (data.at(-1) as { _id?: unknown } | undefined)?._id
  const isPosition = typeof last === 'string' || typeof last === 'number'
  return { documents: data, next: data.length === PAGE && isPosition ? last : undefined }
}

/**
 * Ids of other types come after all texts, and no position leads to them: the import would end before them, and say nothing.
 * One round trip.
 * @throws AppError BAD_REQUEST
 */
export async function requireOrderedIds({ budget }: AdminCall, name: string): Promise<void> {
  const selection = foreignCollection(name).where({}).orderBy('_id', 'desc').field({ _id: true }).limit(1)
  const { data } = await query(budget, selection.get()).catch(throwMissing)
  const last = (data[0] as { _id?: unknown } | undefined)?._id
  if (last === undefined || typeof last === 'string' || typeof last === 'number') return
  throw new AppError('BAD_REQUEST', {
    field: 'from',
    log: 'documents have ids that are neither text nor number: import an export of the collection instead',
  })
}

/** Numbers come before texts, and a comparison finds values of its own type alone. */
function conditionAfter(after: OldId | undefined): object {
  if (after === undefined) return {}
  return typeof after === 'string' ? { _id: _.gt(after) } : _.or([{ _id: _.gt(after) }, { _id: _.gte('') }])
}

function projectionOf(fields: FieldNames): Record<string, true> {
  const names = Object.values(fields).flat()
  return Object.fromEntries(names.map((name) => [name.split('.')[0], true as const]))
}

function throwMissing(error: unknown): never {
  throw isMissingCollection(error) ? new AppError('NOT_FOUND', { field: 'from' }) : error
}

function isMissingCollection(error: unknown): boolean {
  return error instanceof AppError && error.log?.startsWith('database -502005') === true
}

const cursorSchema = v.object({ from: v.string(), after: v.union([v.string(), v.number()]) })

/** A position as the answer has it. The platform's logs keep answers, and an id may name a person, so it is encrypted. */
export function sealCursor({ keys, adminToken }: AdminCall, from: string, after: OldId): string {
  return encryptForAdmin(keys.reveal, adminToken, JSON.stringify({ from, after }))
}

/** @throws AppError BAD_REQUEST for anything but a position in this collection */
export function openCursor({ keys }: AdminCall, from: string, cursor: string): OldId {
  const position = v.safeParse(cursorSchema, parse(decryptForAdmin(keys.reveal, cursor)))
  if (!position.success || position.output.from !== from)
    throw new AppError('BAD_REQUEST', { field: 'after' })
  return position.output.after
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
