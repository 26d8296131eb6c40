import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const rows = rowsBelow('emulator/cloud/')
const FUNCTIONS = 'emulator/cloud/functions/functions.test.ts'
const NODE_CHOICE = 'emulator/cloud/functions/node/node-choice.test.ts'
const STORAGE = 'emulator/cloud/storage/storage.test.ts'
const INDEXES = 'emulator/cloud/database/indexes.test.ts'
const REGEX = 'emulator/cloud/database/query/regex-time.test.ts'
const REPEATABLE = 'emulator/cloud/repeatable-calls.test.ts'
const DATA_FOLDER = 'test/recovery/data-folder.test.ts'

/** The data folder and what calls may be. */
export const CALL_GUARDS: readonly Mutation[] = rows(
  [
    'a function that runs on another Node than its runtime says so',
    'functions/node/node-choice.ts',
    'return { ...chosen, note: { message } }',
    'return chosen',
    NODE_CHOICE,
    'one that is missing is noted',
  ],
  [
    'a call that the rules deny by now does not run again',
    'control/function-routes.ts',
    "  if (caller.source === 'wx_client' && !mayInvoke(cloud.permissions.functions, functionName)) {\n    throw",
    '  if (!mayInvoke) {\n    throw',
    REPEATABLE,
    'does not run a call again',
  ],
  [
    'the events kept to run calls again are bounded by size',
    'repeatable-calls.ts',
    ' || this.#characters > this.#maximumCharacters',
    '',
    REPEATABLE,
    'are bounded by number and by size',
  ],
  [
    'a data folder of a newer version is left as it is',
    'data-format.ts',
    'if (format <= CURRENT_FORMAT) return format',
    'if (format > 0) return format',
    DATA_FOLDER,
    'of a newer version is refused',
  ],
  [
    'a data folder has one owner',
    'store.ts',
    'if (owner && isRunning(owner)) throw new DataFolderBusy(owner.processId)',
    'void isRunning',
    DATA_FOLDER,
    'serves one of the processes',
  ],
  [
    'a data folder is free once its owner was killed',
    'store.ts',
    'if (owner && isRunning(owner)) throw',
    'if (owner) throw',
    DATA_FOLDER,
    'is free again after its owner was killed',
  ],
  [
    'a fault is of one person',
    'faults.ts',
    'fault.openid !== undefined && fault.openid !== call?.caller.openid',
    'false',
    'emulator/cloud/faults.test.ts',
    'of one person, and nobody else',
  ],
  [
    'a reset that keeps instances ends the calls that are under way',
    'control/environment-routes.ts',
    'if (keepInstances) functions.endBusyInstances()\n  else functions.endInstances()',
    'if (!keepInstances) functions.endInstances()',
    'emulator/testing/kit/start-project.test.ts',
    'a reset keeps instances (true)',
  ],
  [
    'a lost call does not reach the function',
    'functions/functions.ts',
    "fault?.kind === 'call-lost'",
    'false',
    FUNCTIONS,
    'of one that the call does not reach',
  ],
  [
    'a lost answer does not reach the caller',
    'functions/functions.ts',
    "fault?.kind === 'answer-lost'",
    'false',
    FUNCTIONS,
    'of one whose answer is lost',
  ],
  [
    'an answer of a function has a largest size',
    'functions/functions.ts',
    'if (Buffer.byteLength(outcome.json) > LIMITS.functions.responseBytes) throw responseTooLarge()',
    '',
    FUNCTIONS,
    'of too large a request or answer',
  ],
  [
    'a request of a mini-program has a size of its own',
    'functions/functions.ts',
    "caller.source === 'wx_client' ? LIMITS.functions.clientRequestBytes : LIMITS.functions.requestBytes",
    'LIMITS.functions.requestBytes',
    FUNCTIONS,
    'of too large a request or answer',
  ],
  [
    'an uploaded page does not run at the cloud’s address',
    'storage/file-server.ts',
    '"default-src \'none\'; sandbox"',
    '""',
    STORAGE,
    'cannot be changed and ends',
  ],
  [
    'no field is named __proto__',
    'database/values/ejson.ts',
    "if (field.split('.').includes('__proto__')) throw requestFailed(\"a field can not be named '__proto__'\")",
    '',
    'emulator/cloud/database/values/ejson.test.ts',
    'refuses __proto__',
  ],
  [
    'a regular expression has a longest length',
    'database/query/regex.ts',
    "if (source.length > LIMITS.database.regexCharacters) throw requestFailed('Regular expression is too long')",
    '',
    REGEX,
    'longer than 32,764',
  ],
  [
    'there are at most so many collections',
    'database/storage/collection-catalog.ts',
    'this.#collections.getCount() >= LIMITS.database.collections',
    'false',
    INDEXES,
    'is at most 200 collections',
  ],
)
