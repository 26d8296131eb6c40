import cloud from 'wx-server-sdk'
import { AppError } from './app-error.ts'
import type { Budget } from './budget.ts'
import { readSdkError, type SdkError } from './sdk-error.ts'

// The SDK's own typings lack this constant's type and the option below.
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV as unknown as string })

/** A missing document is `null`, not an error. */
const options = { throwOnNotFound: false } as Parameters<typeof cloud.database>[0]
const database = cloud.database(options)

/** Query and update operators. */
export const command = database.command

/** What the functions use of a collection, typed as it behaves: everything read is unknown until parsed. */
export interface Collection {
  doc(id: string): Reference & {
    /** Leaves these fields out of what is read. */
    field(without: Readonly<Record<string, false>>): Reference
    /** Makes this the whole document, whether or not there is one. */
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

export function collection(name: string): Collection {
  return database.collection(name) as unknown as Collection
}

/**
 * Waits for one database call, inside the time that is left.
 * @throws AppError MISCONFIGURED, DATABASE_UNAVAILABLE, TIMEOUT or INTERNAL in the place of the SDK's errors
 * @throws DuplicateKey when the write would have made a second document of the same `_id` or unique field
 */
export async function ask<Result>(budget: Budget, query: Promise<Result>): Promise<Result> {
  try {
    return await budget.within(query)
  } catch (error) {
    throw error instanceof AppError ? error : translate(readSdkError(error))
  }
}

export class DuplicateKey extends Error {
  override readonly name = 'DuplicateKey'
}

/** Numbers of WeChat's 云开发错误码 (服务端 -50xxxx) and what each means for whoever runs the service. */
const CONFIGURATION: Readonly<Record<number, string>> = {
  [-502003]: 'the function may not use this collection: check the environment’s permissions',
  [-501005]: 'the cloud environment does not exist or is not this function’s own',
  [-501008]: 'the environment does not accept requests from this source',
  [-501009]: 'the cloud environment is not set up (yet): open it once in the cloud console',
}

const COLLECTION_MISSING = -502005

/** What is set up wrongly, and what to do about it; undefined for every other error. */
function misconfigurationOf(errCode: number | undefined, message: string): string | undefined {
  if (errCode === undefined) return undefined
  return errCode === COLLECTION_MISSING ? collectionMissing(message) : CONFIGURATION[errCode]
}

/** The service names the collection at the end of its message; where it does not, the command lists them all. */
function collectionMissing(message: string): string {
  const [, name] = /not exist: ([\w-]{1,64})/.exec(message) ?? []
  const which = name === undefined ? 'each collection that `npm run database` lists' : `\`${name}\``
  return `a collection is missing: create ${which} in the cloud console (云开发控制台 → 数据库 → 新建集合) and set its permission to 仅管理员可读写 (ADMINONLY)`
}

const REQUEST_DEFECTS = new Set([-502001, -502002, -501006, -501007])

function translate({ errCode, message }: SdkError): Error {
  if (/E11000/.test(message)) return new DuplicateKey()
  const configuration = misconfigurationOf(errCode, message)
  if (configuration) return new AppError('MISCONFIGURED', { log: `database ${errCode}: ${configuration}` })
  if (errCode !== undefined && REQUEST_DEFECTS.has(errCode)) {
    return new AppError('INTERNAL', { log: `database refused the request: ${errCode}` })
  }
  // -501001 (system, and every error the SDK does not know), -501002 (timeout), -501003 and -501004 (limits),
  // -1 (an answer that is none) and everything without a number (connection).
  return new AppError('DATABASE_UNAVAILABLE', { log: `database error ${errCode ?? 'without a number'}` })
}
