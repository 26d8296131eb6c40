/**
 * A guard is code that keeps something from going wrong: a condition, a limit, a filter. A test that stays green
 * without its guard proves nothing, so each row of this table says how to break a guard and which test must then fail.
 *
 *     rows by test file (groups.ts)
 *       │ a group at a time
 *       ▼
 *     worker-pool.ts ──▶ worker.ts, in a process and a copy of the project of its own
 *                          │
 *                          ├─ run the group's tests unbroken ─▶ a failure: `red already`, no test: `no such test`
 *                          └─ for each row: break the guard, build, run its tests, restore the file
 *                                                            ─▶ a failure: `noticed`, none: `survived`
 *
 * Only `noticed` is good. A row quotes the source; the test beside this file fails when the quoted text is gone.
 */
import type { Mutation } from './mutation.ts'
import { CLIENT_GUARDS } from './rows/client-guards.ts'
import { EMULATOR_GUARDS } from './rows/emulator-guards.ts'
import { PARITY_PHONE_GUARDS } from './rows/parity-phone.ts'
import { SERVER_GUARDS } from './rows/server-guards.ts'

/** Every row. */
export const MUTATIONS: readonly Mutation[] = [
  ...SERVER_GUARDS,
  ...PARITY_PHONE_GUARDS,
  ...CLIENT_GUARDS,
  ...EMULATOR_GUARDS,
]
