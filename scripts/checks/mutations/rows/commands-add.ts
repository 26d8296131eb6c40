import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const ADD = 'test/add/add.test.ts'
const COMMAND = 'test/add/command.test.ts'
const APPLY = 'scripts/lib/add/apply-plan.test.ts'

/** What `npm run add` refuses, leaves alone and takes back in an app that is not ours. */
export const ADD_GUARDS: readonly Mutation[] = rowsBelow('scripts/lib/add/')(
  [
    'an edited file of the app is not written over',
    'plan-add.ts',
    '} else if (recorded === hashOf(current)) {',
    '} else if (recorded !== undefined) {',
    ADD,
    'updates unedited files',
  ],
  [
    'an edited file is not deleted with those that are no longer brought',
    'plan-add.ts',
    'if (hashOf(current) === recorded) plan.removals.push(path)',
    'if (recorded !== undefined) plan.removals.push(path)',
    ADD,
    'unless it was edited',
  ],
  [
    'an edited file is not taken out',
    'plan-remove.ts',
    'if (hashOf(current) === recorded) plan.removals.push(path)',
    'if (recorded !== undefined) plan.removals.push(path)',
    ADD,
    'leaves edited files',
  ],
  [
    'app.json gets its old text back only if nobody edited it since',
    'plan-remove.ts',
    'if (exactHashOf(result) !== hash) return undefined',
    "if (hash === '') return undefined",
    ADD,
    'leaves edited files',
  ],
  [
    'a function of the app is not written over',
    'taken-names.ts',
    'if (taken !== undefined) {',
    "if (taken === '') {",
    ADD,
    'has a function of this name',
  ],
  [
    'a main package stays below its limit',
    'target/package-limit.ts',
    'if (bytesBefore + added <= MAIN_PACKAGE_LIMIT) return',
    'if (bytesBefore <= MAIN_PACKAGE_LIMIT) return',
    ADD,
    'would pass 2 MB',
  ],
  [
    'uncommitted changes are refused',
    'refuse-uncommitted.ts',
    'if (others.length === 0 || isAllowed) return',
    'if (others.length >= 0 || isAllowed) return',
    COMMAND,
    'refuses uncommitted changes',
  ],
  [
    'after a failure the files that were written are taken back',
    'apply-plan.ts',
    'else writeFileSync(file, before)',
    'else continue',
    APPLY,
    'gives files their text back',
  ],
  [
    'a line of the app that refers to what goes is named',
    'still-used.ts',
    'if (to === undefined) return []',
    'return []',
    ADD,
    'names each line of the app',
  ],
)
