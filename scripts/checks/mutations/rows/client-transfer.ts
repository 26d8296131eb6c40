import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const rows = rowsBelow('miniprogram/')
const TRANSFER = 'test/miniprogram/transfer.test.ts'
const PAGE = 'account/pages/transfer/transfer.ts'

/** One person, two WeChat accounts: who is asked, once, and what a yes and a no do. */
export const TRANSFER_GUARDS: readonly Mutation[] = rows(
  [
    'a question of another account is shown once a launch',
    'auth/session/transfer-request.ts',
    ' || request.id === shown',
    '',
    TRANSFER,
    'is asked at launch, once',
  ],
  [
    'a question of another account opens nothing after a logout',
    'auth/session/transfer-request.ts',
    ' && isCurrent()',
    '',
    TRANSFER,
    'opens no question for a dialog that is answered after a logout',
  ],
  [
    'nobody whose number is theirs alone is notified',
    'account/services/login.ts',
    'if (ok && isNumberInUse)',
    'if (ok)',
    TRANSFER,
    'notifies nobody whose number is theirs alone',
  ],
  [
    'a yes that is confirmed after another login is not sent',
    PAGE,
    'if (isCurrent()) await this.accept',
    'await this.accept',
    TRANSFER,
    'says nothing by .accept',
  ],
  [
    'a no that is confirmed after another login is not sent',
    PAGE,
    ' || !isCurrent()) return\n    await this.act',
    ') return\n    await this.act',
    TRANSFER,
    'says nothing by .refuse',
  ],
  [
    'only the login that answered learns of it',
    PAGE,
    "if (!isCurrent()) return\n    this.setData({ working: '' })",
    "this.setData({ working: '' })",
    TRANSFER,
    'whose user logged out meanwhile keeps that',
  ],
  [
    'an account that moved leaves nothing on the phone',
    'account/services/transfer.ts',
    '  forgetAccount()\n',
    '',
    TRANSFER,
    'says yes after a confirmation',
  ],
  [
    'the pages of the new account load what it got',
    'account/services/transfer.ts',
    'if (isLoggedIn()) reloadPages()',
    '',
    TRANSFER,
    'says yes after a confirmation',
  ],
)
