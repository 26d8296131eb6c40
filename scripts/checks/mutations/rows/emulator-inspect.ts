import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const rows = rowsBelow('emulator/')
const INSPECTOR = 'emulator/cloud/functions/inspect/inspector.test.ts'

/** Debuggers: who may attach, and which time stands still. */
export const INSPECT_GUARDS: readonly Mutation[] = rows(
  [
    'no page of a browser attaches to a function',
    'cloud/functions/inspect/is-debugger.ts',
    "headers.origin !== undefined && !headers.origin.startsWith('devtools:')",
    'headers.origin === undefined && false',
    INSPECTOR,
    'refuses a page of',
  ],
  [
    'no page under a name of its own attaches to a function',
    'cloud/functions/inspect/is-debugger.ts',
    "return !isPage && LOOPBACK.test((headers.host ?? '').toLowerCase())",
    'return !isPage',
    INSPECTOR,
    'refuses a page under a name of its own',
  ],
  [
    'a time limit stands still while a debugger has stopped the function',
    'cloud/functions/inspect/stopped-time.ts',
    'if (this.isStopped) wait(LOOK_MILLISECONDS)\n        else if (left > 0) wait(left)\n        else callback()',
    'callback()',
    INSPECTOR,
    'is set before the first call',
  ],
  [
    'timers of a stopped function begin again',
    'cloud/functions/inspect/debugger-clock.ts',
    'for (const timer of pending) timer.refresh()',
    'for (const timer of pending) void timer',
    INSPECTOR,
    'gives a function that waits for the stopped one its time as well',
  ],
  [
    'a page waits for a call that a debugger has stopped',
    'phone/browser/device/timeouts.ts',
    'if (missed > 0) running.set',
    'if (missed < 0) running.set',
    'emulator/phone/browser/device/timeouts.test.ts',
    'has the rest of its time',
  ],
)
