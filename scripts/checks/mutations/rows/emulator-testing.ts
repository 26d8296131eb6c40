import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const KIT = 'emulator/testing/kit/start-project.test.ts'

/** What keeps a test of an app from passing for the wrong reason. */
export const TESTING_GUARDS: readonly Mutation[] = rowsBelow('emulator/testing/kit/')(
  [
    'of several places the test says which is tapped',
    'simulator/simulated-phone.ts',
    'matches.length > 1 && nthOf(target) === undefined',
    'false',
    KIT,
    'one of several is chosen',
  ],
  [
    'a disabled button is not tapped on the simulator',
    'simulator/simulated-phone.ts',
    'match && !how.isRead && isDisabled(match, page)',
    'false',
    KIT,
    'says what is on the screen instead',
  ],
  [
    'a disabled button is not tapped in the browser',
    'browser/browser-screen.ts',
    'if (match.isDisabled && !isRead)',
    'if (false)',
    KIT,
    'says what is on the screen instead',
  ],
  [
    'what the simulator lacks fails the test',
    'simulator/simulated-phone.ts',
    'missing.length > 0',
    'false',
    KIT,
    'what the page simulator lacks throws by name',
  ],
  [
    'the simulator keeps the labels of elements',
    'simulator/page-simulator.ts',
    "name.startsWith('aria-') || ",
    '',
    KIT,
    'the picture on the page is read',
  ],
  [
    'a mini-program that does not compile fails the test',
    'mini-program-under-test.ts',
    'errors.length > 0',
    'false',
    KIT,
    'a project that does not compile says so in the browser',
  ],
  [
    'of several answers to a call the one asked for last counts',
    'phone-calls.ts',
    'rules.findLastIndex(',
    'rules.findIndex(',
    'emulator/testing/kit/phone-calls.test.ts',
    'an answer is another one than the cloud has given',
  ],
  [
    'a call that is not held yet does not go on',
    'phone-calls.ts',
    'if (!held)',
    'if (false)',
    'emulator/testing/kit/phone-calls.test.ts',
    'an answer is another one than the cloud has given',
  ],
  [
    'a change that changes no file fails the test',
    'changed-mini-program.ts',
    'result === text',
    'false',
    KIT,
    'a file of the mini-program is different in a test',
  ],
)
