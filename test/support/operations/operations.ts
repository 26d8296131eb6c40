import { ACCOUNT_OPERATIONS } from './account.ts'
import { ADMIN_OPERATIONS } from './admin.ts'
import { APP_OPERATIONS } from './app.ts'
import { LOGIN_OPERATIONS } from './login.ts'
import type { Operation } from './operation.ts'
import { SESSION_OPERATIONS } from './sessions.ts'

const CLEANUP: Operation = {
  name: 'cleanup',
  function: 'cleanup',
  variant: '',
  does: { english: 'housekeeping', chinese: '定时清理' },
  caller: 'timer',
  request: () => ({}),
  reasons: ['TIMER_ONLY'],
  leftOut: { faults: 'its tasks are tested where they are (cloudfunctions/cleanup)' },
}

/** The catalogue: every action of every function at least once. A new action gets its entry here and nowhere else. */
export const OPERATIONS: readonly Operation[] = [
  ...LOGIN_OPERATIONS,
  ...SESSION_OPERATIONS,
  ...ACCOUNT_OPERATIONS,
  ...ADMIN_OPERATIONS,
  CLEANUP,
  ...APP_OPERATIONS,
]
