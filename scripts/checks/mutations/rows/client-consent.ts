import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const rows = rowsBelow('miniprogram/')
const PERSISTENCE = 'test/miniprogram/persistence.test.ts'
const PAID_PROOF = 'test/miniprogram/phone-credential.test.ts'
const MY_DATA = 'test/miniprogram/my-data.test.ts'

/** What the user has to say yes to, and what is seen by whom. */
export const CONSENT_GUARDS: readonly Mutation[] = rows(
  [
    'consent is given by no login before the tap that agrees',
    'account/pages/login/login.ts',
    'this.consented = this.data.agrees\n',
    'this.consented = true\n',
    'test/miniprogram/logout.test.ts',
    '一键登录 asks for consent first',
  ],
  [
    'a number that was paid for under another agreement wants consent',
    'account/pages/login/login.ts',
    'this.consented || credential.consentVersion === config.agreementVersion',
    'credential',
    PAID_PROOF,
    'with a new consent',
  ],
  [
    'a number that is paid for is used by the login, and not forgotten',
    'auth/session/require-login.ts',
    'if (currentCredential() && !isCredentialInUse()) askToLogin(() => {})\n  else await',
    'await',
    PAID_PROOF,
    'of another number is used by',
  ],
  [
    'no one tap for an account that is gone',
    'account/pages/login/login.ts',
    "(lastPhone !== '' && !isNumberMissing())",
    "lastPhone !== ''",
    'test/miniprogram/late-answers.test.ts',
    'the answer to the list of trips changes nothing',
  ],
  [
    'an account is closed only by a user who says yes',
    'account/pages/close-account/close-account.ts',
    'if ((await confirm({ title, content, confirmText, isDangerous: true })) && isCurrent())',
    'if ((await confirm({ title, content, confirmText, isDangerous: true })) || isCurrent())',
    'test/miniprogram/close-account.test.ts',
    'requires 我已了解',
  ],
  [
    'an account is closed only by a user who has read what follows',
    'account/pages/close-account/close-account.ts',
    '!this.data.understood || ',
    '',
    'test/miniprogram/close-account.test.ts',
    'requires 我已了解',
  ],
  [
    'a nickname is cleared only by a user who says so',
    'account/components/nickname-form/nickname-form.ts',
    'else if (await this.isToBeCleared())',
    'else if (await this.isToBeCleared() || true)',
    'test/miniprogram/profile.test.ts',
    'is cleared only after a confirmation, since WeChat empties unsafe text too',
  ],
  [
    'a number is shown in clear after a tap only',
    'account/pages/my-data/my-data.ts',
    'this.showPhone(false)\n  },\n\n  onTogglePhone',
    'this.showPhone(true)\n  },\n\n  onTogglePhone',
    MY_DATA,
    'shows the number in clear after a tap only',
  ],
  [
    'a pad that is too short hides nothing and is not used',
    'account/utils/one-time-pad.ts',
    'pad.length === PAD_BYTES ?',
    'true ?',
    MY_DATA,
    'too few',
  ],
  [
    'a full number in storage is not offered for one tap',
    'auth/storage/login-storage.ts',
    "typeof value === 'string' && value.indexOf('*') >= 0",
    "typeof value === 'string'",
    PERSISTENCE,
    'a full number as the last phone',
  ],
  [
    'nothing of the account stays on the phone once it is closed',
    'auth/session/session.ts',
    '  clearLoginStorage({ autoLoginDisabled: true })\n',
    '',
    'test/miniprogram/close-account.test.ts',
    'leaves nothing on the phone',
  ],
  [
    'no paid code stays on the phone once the account is closed',
    'account/services/account.ts',
    '  dropCredential()\n',
    '',
    PAID_PROOF,
    'closing the account leaves none',
  ],
  [
    'a draft is saved once though it is sent twice',
    'pages/index/index.ts',
    'this.draftKey = this.draftKey || newDocumentKey()',
    'this.draftKey = newDocumentKey()',
    'test/miniprogram/network.test.ts',
    'is shown, loses nothing, and the trip is saved once when the network is back',
  ],
  [
    'a picture that is too large is not sent',
    'account/services/profile.ts',
    'bytes !== undefined && bytes > maximumBytes',
    'false',
    'test/miniprogram/profile.test.ts',
    'the avatar',
  ],
  [
    'a call is tried again within the deadline only',
    'auth/calls/retry.ts',
    'if (clock.now() + pause >= deadline) return outcome',
    '',
    'test/miniprogram/retry.test.ts',
    'not at all if that is past the deadline',
  ],
  [
    'only what may pass is tried again',
    'auth/calls/retry.ts',
    '!isTransient(outcome) || ',
    '',
    'test/miniprogram/retry.test.ts',
    'retries',
  ],
)
