import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const rows = rowsBelow('miniprogram/')
const PERSISTENCE = 'test/miniprogram/persistence.test.ts'
const PAID_PROOF = 'test/miniprogram/phone-credential.test.ts'
const MY_DATA = 'test/miniprogram/my-data.test.ts'

/** What the user has to say yes to, and what is seen by whom. */
export const CONSENT_GUARDS: readonly Mutation[] = rows(
  [
    'consent is never ticked beforehand',
    'account/pages/login/login.ts',
    "'silent' : 'phone', consented: false, working",
    "'silent' : 'phone', consented: true, working",
    'test/miniprogram/login.test.ts',
    'is never ticked beforehand',
  ],
  [
    'a login without a number wants consent',
    'account/pages/login/login.ts',
    "if (this.data.consented) this.enter('withoutPhone')",
    "if (this) this.enter('withoutPhone')",
    'test/miniprogram/without-phone.test.ts',
    'asks for consent',
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
