import type { Mutation } from './mutation.ts'

/** Guards of the emulator and the commands. */
export const EMULATOR_GUARDS: readonly Mutation[] = []
