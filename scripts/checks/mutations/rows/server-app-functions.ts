import { rowsBelow } from '../mutation.ts'

const GUARD_TEST = 'test/auth-guard/auth-guard.test.ts'
const ROUTER_TEST = 'test/auth-guard/router.test.ts'
const COPY_TEST = 'scripts/lib/guard/auth-guard.test.ts'

/** Guards of functions that an app has already. */
export const APP_FUNCTION_GUARDS = [
  ...rowsBelow('cloudfunctions/shared/handlers/')(
    [
      'a function of the app does not see the token',
      'auth-guard.ts',
      'withoutToken(event as Event)',
      'event as Event',
      GUARD_TEST,
      'receives the event without the token',
    ],
    [
      'a route of the app does not see the token',
      'auth-guard.ts',
      '    request.event = event\n',
      '',
      ROUTER_TEST,
      'finds no token in the event',
    ],
    [
      'a result that is no JSON is not thrown at the platform',
      'auth-guard.ts',
      '    JSON.stringify(data)\n',
      '',
      GUARD_TEST,
      'circular is INTERNAL',
    ],
    [
      'a function of the app refuses for reasons of its own',
      'refusal.ts',
      '.includes(reason)',
      '.includes(reason) && false',
      GUARD_TEST,
      'a reason of the login’s own',
    ],
  ),
  ...rowsBelow('scripts/lib/guard/')(
    [
      'the guard leaves the SDK of a function as it is',
      'build-guard.ts',
      'sdk.createNewInstance({ env: sdk.DYNAMIC_CURRENT_ENV })',
      'sdk',
      GUARD_TEST,
      'keeps the environment',
    ],
    [
      'an edited file is not replaced by the guard',
      'write-guard.ts',
      '!isUneditedGuard(',
      'false && (',
      COPY_TEST,
      'replaces an older copy alone',
    ],
  ),
]
