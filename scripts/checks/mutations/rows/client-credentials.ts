import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const rows = rowsBelow('miniprogram/')
const PAID_PROOF = 'test/miniprogram/phone-credential.test.ts'
const PHONE_NUMBER = 'test/miniprogram/phone-number.test.ts'

/** Phone codes: paid for once, and of one person. */
export const CREDENTIAL_GUARDS: readonly Mutation[] = rows(
  [
    'a paid code is over after its five minutes',
    'auth/session/phone-credential.ts',
    'now - credential.paidAt >= LIFE_MILLISECONDS',
    'false',
    PAID_PROOF,
    'expires after them, and the button asks again',
  ],
  [
    'a paid code does not live for ever by a clock that was put back',
    'auth/session/phone-credential.ts',
    'now < credential.paidAt',
    'false',
    PAID_PROOF,
    'expires also on a phone whose clock was put back',
  ],
  [
    'a paid code that is refused is dropped',
    'auth/session/phone-credential.ts',
    "outcome.ok || outcome.failure === 'PHONE_CODE_INVALID'",
    'outcome.ok',
    PAID_PROOF,
    'once it is refused',
  ],
  [
    'that a code was sent is known before it is sent',
    'auth/session/phone-credential.ts',
    '  write({ ...credential, wasSent: true })\n',
    '',
    PAID_PROOF,
    'it is known to have succeeded although the app was closed before the answer',
  ],
  [
    'one try with a paid code at a time',
    'auth/session/phone-credential.ts',
    'if (!credential || isInUse)',
    'if (!credential)',
    PAID_PROOF,
    'it is used once by several requests at the same moment',
  ],
  [
    'a second answer of the phone button does not take the place of one in use',
    'auth/session/phone-credential.ts',
    '  if (isInUse) return\n',
    '',
    PAID_PROOF,
    'keeps the first answer of a double tap, once its try has begun',
  ],
  [
    'a code that was paid for at login carries the consent',
    'auth/session/phone-credential.ts',
    "purpose === 'login' ? config.agreementVersion : ''",
    'config.agreementVersion',
    PAID_PROOF,
    'with a new consent',
  ],
  [
    'a number counts as new only if vouched for since',
    'auth/storage/number-on-file.ts',
    'now.phoneVerifiedAt > before.phoneVerifiedAt',
    'now.phoneVerifiedAt >= before.phoneVerifiedAt',
    PHONE_NUMBER,
    'never arrived',
  ],
  [
    'a code is not sent twice unexamined',
    'account/services/redeem-credential.ts',
    '    mayBeUsed = true\n',
    '',
    'test/miniprogram/network.test.ts',
    'is never sent twice without a silent login',
  ],
  [
    'a silent login under the old number is no login with the new one',
    'account/services/phone-login.ts',
    "replaced.phone === '' || (isRefused && isVerifiedSince(replaced, userInfo))",
    'isRefused || replaced !== undefined || isVerifiedSince(replaced, userInfo)',
    'test/miniprogram/network.test.ts',
    'does not let the user in under the old number',
  ],
  [
    'the phone button is dead from the tap to the answer',
    'account/components/phone-button/phone-button.ts',
    'this.setData({ asking: true })',
    'this.setData({ asking: false })',
    'test/miniprogram/login.test.ts',
    'is disabled from the tap',
  ],
)
