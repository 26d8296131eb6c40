import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const rows = rowsBelow('miniprogram/')
const LATE_ANSWERS = 'test/miniprogram/late-answers.test.ts'
const PERSISTENCE = 'test/miniprogram/persistence.test.ts'
const PAID_PROOF = 'test/miniprogram/phone-credential.test.ts'
const GUARD = 'test/miniprogram/guard.test.ts'
const REQUIRE_LOGIN = 'test/miniprogram/require-login.test.ts'
const MY_DATA = 'test/miniprogram/my-data.test.ts'

/** What pages do only for the login that asked for it, once, and while the user is there. */
export const PAGE_GUARDS: readonly Mutation[] = rows(
  [
    'what an app says of every button does not reach the login’s',
    'auth/components/login-wall/login-wall.wxml',
    'auth-plain auth-button',
    'auth-button',
    'test/phone/foreign-app.test.ts',
    'look the same whatever the app’s sheet says',
  ],
  [
    'a logout that is confirmed late ends no other login',
    'account/components/account-panel/account-panel.ts',
    ' || !isCurrent()) return',
    ') return',
    LATE_ANSWERS,
    '退出登录 does nothing to that login',
  ],
  [
    'a closing that is confirmed late closes no other account',
    'account/pages/close-account/close-account.ts',
    'isDangerous: true })) && isCurrent())',
    'isDangerous: true })))',
    LATE_ANSWERS,
    '注销账号 does nothing to that login',
  ],
  [
    'only the login that removed a trip learns of it',
    'services/owned-list.ts',
    "if (!isCurrent()) return\n    this.page.setData({ removing: '' })",
    "this.page.setData({ removing: '' })",
    LATE_ANSWERS,
    'the answer to the removal of a trip changes nothing',
  ],
  [
    'only the login that ended devices learns of it',
    'account/pages/devices/devices.ts',
    'if (!isCurrent() && !isEnded) return false',
    '',
    LATE_ANSWERS,
    'the answer to the end of other devices changes nothing',
  ],
  [
    'only the login that chose a picture shows it',
    'account/components/avatar-picker/avatar-picker.ts',
    'if (!isCurrent()) return',
    '',
    LATE_ANSWERS,
    'the answer to a picture changes nothing',
  ],
  [
    'only the login that changed its nickname shows it',
    'account/components/nickname-form/nickname-form.ts',
    'if (!isCurrent()) return',
    '',
    LATE_ANSWERS,
    'the answer to a nickname changes nothing',
  ],
  [
    'only the login that changed its number shows it',
    'account/components/phone-changer/phone-changer.ts',
    'if (!isCurrent()) return',
    '',
    LATE_ANSWERS,
    'the answer to another number changes nothing',
  ],
  [
    'what one login knows of its favourites is not shown to another',
    'services/favourites.ts',
    '  if (userInfo?.id !== knownOf) known = []\n',
    '',
    'test/miniprogram/favourites.test.ts',
    'shows no mark of another login',
  ],
  [
    'a list of trips is emptied for another login',
    'services/owned-list.ts',
    'isLoggedIn, items: [], cursor:',
    'isLoggedIn, cursor:',
    LATE_ANSWERS,
    'the trips of one login leave the page before the next one loads its own',
  ],
  [
    'a page that is on its way is not opened twice',
    'auth/ui/navigation.ts',
    '  if (opening.indexOf(url) >= 0) return\n',
    '',
    REQUIRE_LOGIN,
    'a double tap opens the requested page once',
  ],
  [
    'a page is opened only by the one on top',
    'auth/ui/navigation.ts',
    'from === undefined || topPage()?.route === from',
    'true',
    REQUIRE_LOGIN,
    'an action does not run on a page that the user left during a silent login',
  ],
  [
    'one login page however many ask for it',
    'auth/ui/navigation.ts',
    '  if (isLoginPageOpen()) return\n  const from',
    '  const from',
    GUARD,
    'opens no second login page',
  ],
  [
    'what a user walked away from is not done after a login',
    'auth/session/require-login.ts',
    '  takeWaitingActions()\n  forgetOrigin()',
    '  forgetOrigin()',
    'test/miniprogram/login.test.ts',
    'leaving by the back arrow drops',
  ],
  [
    'what is no token in storage is no login',
    'auth/storage/login-storage.ts',
    "typeof token !== 'string' || token === '' || typeof expiresAt",
    'typeof expiresAt',
    PERSISTENCE,
    'opens with',
  ],
  [
    'what is no code in storage is no paid code',
    'auth/storage/phone-credential.ts',
    "typeof phoneCode === 'string' && phoneCode !== '' ?",
    'true ?',
    PAID_PROOF,
    'keeps no number on the phone, and ignores stored values that are no credential',
  ],
  [
    'data that the pad does not open is not shown',
    'account/services/account.ts',
    "if (typeof openid !== 'string' || typeof phone !== 'string') return failed('INVALID_RESPONSE')",
    '',
    MY_DATA,
    'the pad does not open',
  ],
  [
    'a tap that WeChat refused gives no code',
    'account/utils/phone-answer.ts',
    '  if (error) return { error }\n',
    '',
    'test/miniprogram/error-notice.test.ts',
    'the phone button',
  ],
)
