import { LIMITS } from '../limits.ts'

/**
 * What the emulator can do in more than one way, because the platform's own is not documented. Each is what a question of
 * `npm run parity` finds out.
 */
export interface Behaviours {
  /** Whether `updated` of an update counts the documents that match, or those that are different afterwards. */
  readonly updatedCounts: 'changed' | 'matched'
  /** Whether `set` of an unchanged document counts. */
  readonly unchangedSetCounts: boolean
  /** Results of `aggregate()` without `limit()`; 0 for all. */
  readonly aggregateLimit: number
  /** Documents of one `get()` at most. */
  readonly readLimit: number
  /** What an update or a removal without `where()` is about. */
  readonly withoutCondition: 'refused' | 'all'
  /** Whether a write that fails ends its transaction. */
  readonly failedWriteEndsTransaction: boolean
}

export const DEFAULT_BEHAVIOURS: Behaviours = {
  updatedCounts: 'changed',
  unchangedSetCounts: true,
  aggregateLimit: LIMITS.database.defaultAggregateLimit,
  readLimit: LIMITS.database.maximumLimit,
  withoutCondition: 'refused',
  failedWriteEndsTransaction: true,
}

const isLimit = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0

const ACCEPTED: { readonly [Name in keyof Behaviours]: (value: unknown) => boolean } = {
  updatedCounts: (value) => value === 'changed' || value === 'matched',
  unchangedSetCounts: (value) => typeof value === 'boolean',
  aggregateLimit: isLimit,
  readLimit: (value) => isLimit(value) && value !== 0,
  withoutCondition: (value) => value === 'refused' || value === 'all',
  failedWriteEndsTransaction: (value) => typeof value === 'boolean',
}

/** Whether the emulator knows the behaviour, and can take this value for it. */
export function isBehaviour(name: string, value: unknown): name is keyof Behaviours {
  return Object.hasOwn(ACCEPTED, name) && ACCEPTED[name as keyof Behaviours](value)
}
