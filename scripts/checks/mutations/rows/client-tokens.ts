import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const rows = rowsBelow('miniprogram/')
const PERSISTENCE = 'test/miniprogram/persistence.test.ts'
const PAID_PROOF = 'test/miniprogram/phone-credential.test.ts'
const GUARD = 'test/miniprogram/guard.test.ts'
const LOGOUT = 'test/miniprogram/logout.test.ts'
const ROTATION = 'test/deployment/key-rotation.test.ts'

/** Tokens: how long they count, what becomes of those that are refused, and of sessions that were left. */
export const TOKEN_GUARDS: readonly Mutation[] = rows(
  [
    'the life of a token counts from the moment of asking',
    'auth/calls/token-life.ts',
    'Math.min(requestedAt, clock.now())',
    'clock.now()',
    PERSISTENCE,
    'right, but the answer slow',
  ],
  [
    'a clock that is set back while a token is on its way does not prolong it',
    'auth/calls/token-life.ts',
    'Math.min(requestedAt, clock.now())',
    'requestedAt',
    PERSISTENCE,
    'set while the answer is on its way',
  ],
  [
    'a token of functions that do not say its life is not kept for good',
    'auth/calls/token-life.ts',
    "typeof expiresInSeconds === 'number' ? expiresInSeconds : 0",
    "typeof expiresInSeconds === 'number' ? expiresInSeconds : 9e9",
    PERSISTENCE,
    'functions of an older version',
  ],
  [
    'a login that is over is not taken for one',
    'auth/session/launch.ts',
    'stored.expiresAt <= deviceClock.now()',
    'false',
    PERSISTENCE,
    'is silent for a known user at launch',
  ],
  [
    'a login says whose place it takes',
    'auth/calls/cloud.ts',
    '{ ...request, replaces }',
    'request',
    PERSISTENCE,
    'put on by two months',
  ],
  [
    'a new token that is refused is kept',
    'auth/storage/new-token.ts',
    'age >= 0 && age < issued.newForMilliseconds',
    'false',
    ROTATION,
    'logs in once at most',
  ],
  [
    'a token counts as new for a while only',
    'auth/storage/new-token.ts',
    'age < issued.newForMilliseconds',
    'age < 9e15',
    GUARD,
    'where the refused one is not new any more',
  ],
  [
    'a clock that was put back makes no token new',
    'auth/storage/new-token.ts',
    'age >= 0 && ',
    '',
    GUARD,
    'since the clock was put back',
  ],
  [
    'a token that was refused and replaced is not new again',
    'auth/storage/new-token.ts',
    ' || issued.wasRefused',
    '',
    GUARD,
    'opens one login page for several calls when only the user can log in',
  ],
  [
    'tokens in a row of refused ones are new for ever longer',
    'auth/storage/new-token.ts',
    'before.newForMilliseconds * 2',
    'before.newForMilliseconds',
    ROTATION,
    'a handful of logins',
  ],
  [
    'one login repeats all calls that were refused with a token',
    'auth/calls/cloud.ts',
    'if (token === refusedToken) {',
    'if (refusedToken !== undefined) {',
    GUARD,
    'repeats a late refused call with the new token, without a second login',
  ],
  [
    'one silent login at a time',
    'auth/session/session.ts',
    'if (silentLogin?.isCurrent()) return silentLogin.outcome',
    '',
    GUARD,
    'lets ten calls that fail together with 403 wait for one login, and repeats them',
  ],
  [
    'one login with a number at a time',
    'account/services/login.ts',
    '  if (phoneLogin) return phoneLogin\n',
    '',
    PAID_PROOF,
    'while its login is under way on a page that was left',
  ],
  [
    'after a logout only the user’s own tap logs in',
    'auth/session/require-login.ts',
    'if (readAutoLoginDisabled()) return askToLogin(action)',
    '',
    LOGOUT,
    'stays logged out until the user taps; then one tap logs in, without a phone authorization',
  ],
  [
    'a session that was ended elsewhere is not made again',
    'auth/session/session.ts',
    "failure === 'SESSION_REVOKED' || failure === 'ACCOUNT_DISABLED'",
    "failure === 'ACCOUNT_DISABLED'",
    GUARD,
    'shows a user that their session was ended elsewhere, and does not log in silently',
  ],
  [
    'a logout that an older function refuses is made again',
    'auth/session/pending-logouts.ts',
    'orUpdating(await cloud.logout(token), token)',
    'await cloud.logout(token)',
    ROTATION,
    'a logout that an older function refuses',
  ],
  [
    'a logout that did not get through is kept',
    'auth/session/pending-logouts.ts',
    'if (outcome.ok || isRefusal(outcome)) removePendingLogout(token)',
    'removePendingLogout(token)',
    LOGOUT,
    'ends it when the app is opened again',
  ],
  [
    'a logout that is refused is not sent for ever',
    'auth/session/pending-logouts.ts',
    'outcome.ok || isRefusal(outcome)',
    'outcome.ok',
    LOGOUT,
    'is not sent again once',
  ],
)
