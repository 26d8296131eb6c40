import type { Mutation } from '../mutation.ts'
import { COMMAND_GUARDS } from './commands.ts'
import { ADD_GUARDS } from './commands-add.ts'
import { ACCESS_GUARDS } from './emulator-access.ts'
import { CALL_GUARDS } from './emulator-calls.ts'
import { PROJECT_GUARDS } from './emulator-command.ts'
import { COMPILE_GUARDS } from './emulator-compile.ts'
import { DATABASE_GUARDS } from './emulator-database.ts'
import { EXAMPLE_GUARDS } from './emulator-example.ts'
import { IDENTITY_GUARDS } from './emulator-identity.ts'
import { INSPECT_GUARDS } from './emulator-inspect.ts'
import { OPERATION_GUARDS } from './emulator-operations.ts'
import { PEOPLE_GUARDS } from './emulator-people.ts'
import { PERMISSION_GUARDS } from './emulator-permissions.ts'
import { PHONE_GUARDS } from './emulator-phone.ts'
import { TESTING_GUARDS } from './emulator-testing.ts'
import { PARITY_GUARDS } from './parity.ts'

/** Guards of the emulator and the commands. */
export const EMULATOR_GUARDS: readonly Mutation[] = [
  ...IDENTITY_GUARDS,
  ...ACCESS_GUARDS,
  ...PERMISSION_GUARDS,
  ...DATABASE_GUARDS,
  ...EXAMPLE_GUARDS,
  ...OPERATION_GUARDS,
  ...PEOPLE_GUARDS,
  ...PHONE_GUARDS,
  ...COMPILE_GUARDS,
  ...CALL_GUARDS,
  ...INSPECT_GUARDS,
  ...COMMAND_GUARDS,
  ...ADD_GUARDS,
  ...PROJECT_GUARDS,
  ...PARITY_GUARDS,
  ...TESTING_GUARDS,
]
