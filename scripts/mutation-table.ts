import { CLIENT_GUARDS } from './mutations/client-guards.ts'
import { EMULATOR_GUARDS } from './mutations/emulator-guards.ts'
import type { Mutation } from './mutations/mutation.ts'
import { SERVER_GUARDS } from './mutations/server-guards.ts'

export type { Mutation } from './mutations/mutation.ts'

/** Every guard that is known to be tested, since a test turns red without it. */
export const MUTATIONS: readonly Mutation[] = [...SERVER_GUARDS, ...CLIENT_GUARDS, ...EMULATOR_GUARDS]
