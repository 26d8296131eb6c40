import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'
import { ADMIN_GUARDS } from './server-admin.ts'
import { ADMIN_ACT_GUARDS } from './server-admin-acts.ts'
import { ALARM_GUARDS } from './server-alarms.ts'
import { APP_FUNCTION_GUARDS } from './server-app-functions.ts'
import { BELONGING_GUARDS } from './server-belongings.ts'
import { CLOSING_GUARDS } from './server-closing.ts'
import { FIGURE_GUARDS } from './server-figures.ts'
import { IMPORT_GUARDS } from './server-import.ts'
import { LOGIN_GUARDS } from './server-logins.ts'
import { RATE_GUARDS } from './server-rates.ts'
import { SECRET_GUARDS } from './server-secrets.ts'
import {
  ACCOUNT_TEST,
  CHECK_TEST,
  CLOSE_TEST,
  DIRECT_TEST,
  LOGIN_TEST,
  TOKEN_TEST,
  UPSTREAM_TEST,
} from './server-tests.ts'
import { SESSION_GUARDS } from './server-tokens.ts'
import { TRANSFER_GUARDS } from './server-transfers.ts'

const rows = rowsBelow('cloudfunctions/')

const ERRORS: readonly Mutation[] = rows(
  [
    'the log has the place of an error, and not its message',
    'shared/handlers/serve.ts',
    'return [error.name, ...number,',
    'return [error.message, ...number,',
    'scripts/lib/trace/trace.test.ts',
    'has its place without its message in the cloud',
  ],
  [
    'the language of an answer is one of ours, whatever the request says',
    'shared/request/language.ts',
    "v.picklist(['zh', 'en'])",
    'v.any()',
    'test/miniprogram/english.test.ts',
    'functions answer in the language of the request',
  ],
)

const TOKENS: readonly Mutation[] = [
  {
    guard: 'the algorithm of a token is pinned',
    file: 'cloudfunctions/shared/crypto/token.ts',
    edits: [["  if (alg !== ALGORITHM) throw new AppError('TOKEN_ALGORITHM')\n", '']],
    test: TOKEN_TEST,
    name: 'RS256 named, HMAC used',
  },
  ...rows(
    [
      'a token is signed',
      'shared/crypto/token.ts',
      'if (!key || !isSignature(signature, signed, key))',
      'if (!key || !isSignature)',
      TOKEN_TEST,
      'a changed payload',
    ],
    [
      'a token is for this mini-program',
      'shared/crypto/token.ts',
      'iss !== ISSUER || aud !== appid',
      'iss !== ISSUER',
      TOKEN_TEST,
      'another audience',
    ],
    [
      'a token is of this service',
      'shared/crypto/token.ts',
      'iss !== ISSUER || aud !== appid',
      'aud !== appid',
      TOKEN_TEST,
      'another issuer',
    ],
    [
      'a token ends',
      'shared/crypto/token.ts',
      "if (now >= exp * 1000) throw new AppError('TOKEN_EXPIRED')",
      '',
      TOKEN_TEST,
      'stands until the very second',
    ],
    [
      'a token has one form only',
      'shared/crypto/token.ts',
      'return rest === 0 || (LAST_CHARACTERS[rest]?.includes(segment.charAt(segment.length - 1)) ?? false)',
      'return rest !== 1 || LAST_CHARACTERS === undefined',
      TOKEN_TEST,
      'stray last bits',
    ],
    [
      'a token is bound to the WeChat account',
      'shared/handlers/guard.ts',
      "if (!constantTimeEqual(claims.userId, call.userId)) throw new AppError('TOKEN_FOREIGN')",
      '',
      CHECK_TEST,
      'another WeChat account',
    ],
    [
      'the session of a token is looked for',
      'shared/handlers/guard.ts',
      '(session) => constantTimeEqual(session.id, claims.sessionId)',
      '() => true',
      'cloudfunctions/logout/logout.test.ts',
      'ends this session at once and no other, and writes one audit entry',
    ],
    [
      'a session ends, whatever its token says',
      'shared/handlers/guard.ts',
      "if (call.now >= session.expiresAt.getTime()) throw new AppError('TOKEN_EXPIRED')",
      '',
      'test/hostile/tampered-tokens.test.ts',
      'ends with its session',
    ],
    [
      'a disabled account is refused at every call',
      'shared/handlers/guard.ts',
      "if (user.status === 'disabled') throw new AppError('ACCOUNT_DISABLED')",
      '',
      CHECK_TEST,
      'on the next call after the account was disabled',
    ],
  ),
]

const SEALED: readonly Mutation[] = [
  {
    guard: 'sealed texts are bound to their user (AAD)',
    file: 'cloudfunctions/shared/crypto/encryption.ts',
    edits: [
      ['current.key, nonce).setAAD(Buffer.from(userId))', 'current.key, nonce)'],
      ['    .setAAD(Buffer.from(userId))\n    .setAuthTag', '    .setAuthTag'],
    ],
    test: 'cloudfunctions/shared/phone/phone-cipher.test.ts',
    name: 'another user’s document',
  },
  ...rows(
    [
      'sealed texts are authentic (GCM tag)',
      'shared/crypto/encryption.ts',
      'Buffer.concat([start, decipher.final()])',
      'Buffer.concat([start])',
      'cloudfunctions/shared/phone/phone-cipher.test.ts',
      'any byte of it is changed',
    ],
    [
      'numbers are encrypted',
      'shared/phone/verified-phone.ts',
      'phoneCipher: encryptPhoneNumber(keys.phone, userId, number)',
      'phoneCipher: toE164(number) || encryptPhoneNumber(keys.phone, userId, number)',
      LOGIN_TEST,
      'stores a document that an administrator can read, without the number',
    ],
    [
      'numbers are masked for people',
      'shared/phone/phone-number.ts',
      '${digits.slice(0, atStart)}****${',
      '${digits}****${',
      LOGIN_TEST,
      'creates a user, starts a session and answers with a token and a masked number',
    ],
    [
      'a ticket is good for five minutes',
      'shared/phone/ticket.ts',
      'now < verifiedAt + LIFE_MILLISECONDS && ',
      '',
      LOGIN_TEST,
      'is valid by ticket for five minutes',
    ],
    [
      'a ticket counts once',
      'login/start-session.ts',
      '...(phone && start.byTicket ? [storedPhoneOlderThan(phone.phoneVerifiedAt)] : []),',
      '',
      LOGIN_TEST,
      'when writing to an existing user fails',
    ],
  ),
]

const LOGINS: readonly Mutation[] = rows(
  [
    'what clients send is parsed',
    'shared/request/input.ts',
    'if (result.success) return result.output',
    'if (result) return input as v.InferOutput<Schema>',
    LOGIN_TEST,
    'for a phone code is named and refused',
  ],
  [
    'no operator of a client reaches a query ($ filter)',
    'trips/trips.ts',
    'id: textField(128)',
    'id: v.any()',
    'cloudfunctions/trips/trips.test.ts',
    'are not removed by the id',
  ],
  [
    'a disabled account opens no session',
    'login/start-session.ts',
    "    _id: userId,\n    status: 'active',\n    ...NOT_BY_CLIENT,\n    ...(phone",
    '    _id: userId,\n    ...NOT_BY_CLIENT,\n    ...(phone',
    LOGIN_TEST,
    'a disabled user',
  ],
  [
    'logins have a rate',
    'login/start-session.ts',
    '    belowLoginLimit(now),\n',
    '',
    LOGIN_TEST,
    'of one person in three minutes are refused, until they are below the limit again',
  ],
  [
    'ten sessions at most',
    'login/start-session.ts',
    'slice: -MAXIMUM_SESSIONS',
    'slice: -MAXIMUM_SESSIONS * 10',
    LOGIN_TEST,
    'when it is the eleventh',
  ],
  [
    'no code is spent on a login without consent',
    'login/refusal.ts',
    "if (!consent && !(known && hasCurrentConsent(known))) throw new AppError('CONSENT_REQUIRED')",
    '',
    LOGIN_TEST,
    'does not spend the code without it',
  ],
  [
    'silent logins need the consent in force',
    'login/start-session.ts',
    "...(consent ? {} : { 'consent.version': requiredConsent }),",
    '',
    LOGIN_TEST,
    'after a new version of the agreement',
  ],
  [
    'nothing personal is logged',
    'shared/database/database.ts',
    "log: `database error ${errCode ?? 'without a number'}`",
    'log: `database error ${message}`',
    UPSTREAM_TEST,
    'nothing that is secret or personal',
  ],
  [
    'a document that a client wrote is refused',
    'shared/database/client-document.ts',
    "if (typeof document === 'object' && document !== null && '_openid' in document) {",
    'if (document === collectionName) {',
    DIRECT_TEST,
    'logs nobody in',
  ],
  [
    'a row that a client wrote neither deletes a file nor keeps others',
    'cleanup/orphaned-avatars.ts',
    'const UNSETTLED = { ...NOT_BY_CLIENT, settled',
    'const UNSETTLED = { settled',
    DIRECT_TEST,
    'the timer says in the log',
  ],
)

const BELONGINGS: readonly Mutation[] = rows(
  [
    'trips are removed by their owner only',
    'shared/users/owned-collection.ts',
    'where({ _id: id, userId })',
    'where({ _id: id, ...(userId ? {} : {}) })',
    'cloudfunctions/trips/trips.test.ts',
    'are removed by their owner',
  ],
  [
    'trips are listed to their owner only',
    'shared/users/owned-page.ts',
    'if (cursor === undefined) return ofUser',
    'if (cursor === undefined) return ofUser && {}',
    'cloudfunctions/trips/trips.test.ts',
    'are separate for each user, even with the same key',
  ],
  [
    'a picture comes from its owner’s own path',
    'account/reservations.ts',
    'const reserved = { _id: path, userId: call.userId, createdAt',
    'const reserved = { _id: path, createdAt',
    ACCOUNT_TEST,
    'is refused at a path of the user’s own choice, of another user, or reserved an hour ago',
  ],
  [
    'a picture is one by its bytes',
    'account/check-avatar.ts',
    'return path.endsWith(`.${typeOf(start)}`)',
    'return path.endsWith(`.${typeOf(start)}`) || true',
    ACCOUNT_TEST,
    'a page called a picture',
  ],
  [
    'a picture is not too large',
    'account/check-avatar.ts',
    ' || sizeBytes > MAXIMUM_AVATAR_BYTES',
    '',
    ACCOUNT_TEST,
    'more than 1 MB',
  ],
  [
    'WeChat’s verdict on a nickname counts',
    'account/check-nickname.ts',
    "if (suggest === 'risky') throw new AppError('CONTENT_RISKY')",
    '',
    ACCOUNT_TEST,
    '违规的名字',
  ],
  [
    'a closed account’s trips go',
    'shared/users/account-deletion.ts',
    '...owned.map((documents) => removeOwned(invocation, userId, documents)),',
    '...(owned ? [] : [removeOwned(invocation, userId, owned)]),',
    CLOSE_TEST,
    'deletes user, trips, picture and sessions at once, and the timer anonymizes the audit entries',
  ],
  [
    'a closed account’s identity leaves the records',
    'shared/users/account-deletion.ts',
    '      recordClosedAccount(invocation, deletion),\n',
    '',
    CLOSE_TEST,
    'deletes user, trips, picture and sessions at once, and the timer anonymizes the audit entries',
  ],
)

/** Guards of the functions. */
export const SERVER_GUARDS: readonly Mutation[] = [
  ...ERRORS,
  ...TOKENS,
  ...SEALED,
  ...LOGINS,
  ...BELONGINGS,
  ...SESSION_GUARDS,
  ...SECRET_GUARDS,
  ...LOGIN_GUARDS,
  ...RATE_GUARDS,
  ...ADMIN_GUARDS,
  ...ADMIN_ACT_GUARDS,
  ...APP_FUNCTION_GUARDS,
  ...BELONGING_GUARDS,
  ...CLOSING_GUARDS,
  ...FIGURE_GUARDS,
  ...ALARM_GUARDS,
  ...IMPORT_GUARDS,
  ...TRANSFER_GUARDS,
]
