import cloud from 'wx-server-sdk'
import { AppError } from '../core/app-error.ts'
import { readSdkError, type SdkError } from '../core/sdk-error.ts'
import type { Budget } from '../request/budget.ts'
import { type CollectionName, databaseName } from './collection-names.ts'
import { misconfigurationOf } from './misconfiguration.ts'

// The SDK's own typings lack this constant's type and the option below.
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV as unknown as string })

/** A missing document is `null`, not an error. */
const options = { throwOnNotFound: false } as Parameters<typeof cloud.database>[0]
const database = cloud.database(options)

/** Query and update operators. */
export const command = database.command

/** The part of a collection that the functions use. Every document that is read is unknown until parsed. */
export interface Collection {
  doc(id: string): Reference & {
    /** Reads the document without these fields. */
    field(without: Readonly<Record<string, false>>): Reference
    /** Replaces the document, or creates it. */
    set(options: { data: object }): Promise<unknown>
  }
  add(options: { data: object }): Promise<unknown>
  where(condition: object): Query & {
    count(): Promise<{ total: number }>
    update(options: { data: object }): Promise<{ stats: { updated: number } }>
    remove(): Promise<{ stats: { removed: number } }>
  }
}

export interface Reference {
  get(): Promise<{ data: unknown }>
}

export interface Query {
  orderBy(field: string, direction: 'asc' | 'desc'): Query
  skip(documents: number): Query
  limit(documents: number): Query
  /** Reads these fields only. */
  field(only: Readonly<Record<string, true>>): Query
  get(): Promise<{ data: unknown[] }>
}

/** @param name as the functions use it; `app-config.ts` says what the login's collections are called in the database */
export function collection(name: CollectionName): Collection {
  return foreignCollection(databaseName(name))
}

/** @param name as the database has it: also of a collection that these functions do not use otherwise */
export function foreignCollection(name: string): Collection {
  return database.collection(name) as unknown as Collection
}

/**
 * Waits for one database request, within the time budget.
 * @throws AppError MISCONFIGURED, DATABASE_UNAVAILABLE, TIMEOUT or INTERNAL instead of the SDK's errors
 * @throws DuplicateKey when the write would have made a second document of the same `_id` or unique field
 */
export async function query<Result>(budget: Budget, request: Promise<Result>): Promise<Result> {
  try {
    return await budget.within(request)
  } catch (error) {
    throw error instanceof AppError ? error : translate(readSdkError(error))
  }
}

export class DuplicateKey extends Error {
  override readonly name = 'DuplicateKey'
}

const REQUEST_DEFECTS = new Set([-502001, -502002, -501006, -501007])

function translate(error: SdkError): Error {
  const { errCode, message } = error
  if (/E11000/.test(message)) return new DuplicateKey()
  const configuration = misconfigurationOf(error)
  if (configuration) return new AppError('MISCONFIGURED', { log: `database ${errCode}: ${configuration}` })
  if (errCode !== undefined && REQUEST_DEFECTS.has(errCode)) {
    return new AppError('INTERNAL', { log: `database refused the request: ${errCode}` })
  }
  // -501001 (system, and every error the SDK does not know), -501002 (timeout), -501003 and -501004 (limits),
  // -1 (an unreadable answer) and everything without a number (connection).
  return new AppError('DATABASE_UNAVAILABLE', { log: `database error ${errCode ?? 'without a number'}` })
}
