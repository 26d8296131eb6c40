import type { Mutation } from './mutation.ts'

/** Guards of the mini-program. */
export const CLIENT_GUARDS: readonly Mutation[] = []
