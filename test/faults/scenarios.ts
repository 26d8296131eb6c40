import { confirm } from '../miniprogram/own-account.ts'
import { OWN_PAGES } from '../miniprogram/own-pages.ts'
import { ERROR_TEXTS, TEXTS } from '../miniprogram/texts.ts'
import { askCompanion, meetCompanion } from '../support/operations/transfers.ts'
import { APP_SCENARIOS } from './app-scenarios.ts'
import type { Scenario } from './scenario.ts'
import {
  allowNumber,
  allowOtherNumber,
  atPhoneButton,
  changeNumber,
  choosePicture,
  hasNumber,
  hasSessions,
  isLoggedIn,
  isOn,
  loggedInAt,
  loggedOut,
  OTHER_MASKED,
  retry,
  saveTrip,
  submitNickname,
  tap,
  tapAndConfirm,
  toasted,
  withoutAnswers,
  withoutNetwork,
  withQuestion,
  withTwoDevices,
  withUsersReadOnly,
} from './ui-steps.ts'

/** Every action of a user has a scenario here; its requests to the cloud are found in the call log. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'asking to log in, unknown',
    prepare: (owner) => owner.open('account'),
    act: tap('.login'),
    isShown: ({ page, messages }) =>
      page === 'login' && messages.every((text) => text === ERROR_TEXTS.PHONE_REQUIRED),
  },
  {
    name: 'first login',
    of: ['login with a phone code, new'],
    prepare: atPhoneButton,
    act: allowNumber,
    isShown: isLoggedIn,
    isTrue: hasNumber('138****8000'),
  },
  {
    name: 'first login with a ticket',
    prepare: async (owner) => {
      await atPhoneButton(owner)
      await withUsersReadOnly(owner, allowNumber)
    },
    act: retry,
    again: allowNumber,
    isShown: isLoggedIn,
    isTrue: hasNumber('138****8000'),
  },
  {
    name: 'first login after lost answers',
    prepare: async (owner) => {
      await atPhoneButton(owner)
      await withoutNetwork(owner, allowNumber)
    },
    act: retry,
    again: allowNumber,
    isShown: isLoggedIn,
    isTrue: hasNumber('138****8000'),
  },
  {
    name: 'first login after lost answers to a ticket',
    prepare: async (owner) => {
      await atPhoneButton(owner)
      await withUsersReadOnly(owner, allowNumber)
      await withoutAnswers(owner, retry)
    },
    act: retry,
    again: allowNumber,
    isShown: isLoggedIn,
    isTrue: hasNumber('138****8000'),
  },
  {
    name: 'login with another number',
    of: ['login with a phone code, known'],
    prepare: async (owner) => {
      await loggedOut(owner)
      await owner.phone.tap('.other-number')
    },
    act: allowOtherNumber,
    isShown: isLoggedIn,
    isTrue: hasNumber(OTHER_MASKED),
  },
  {
    name: 'login by one tap',
    of: ['login silent'],
    prepare: loggedOut,
    act: tap('.one-tap'),
    isShown: isLoggedIn,
  },
  {
    name: 'login by one tap, agreeing again',
    prepare: async (owner) => {
      await loggedOut(owner)
      const user = owner.user.document()
      const consent = { ...(user['consent'] as object), version: '2020-01-01' }
      owner.user.kit.cloud.database.putDocument('users', { ...user, consent })
      await owner.phone.tap('.one-tap')
    },
    act: tap('.one-tap'),
    isShown: isLoggedIn,
  },
  {
    name: 'login without a number',
    config: { phoneRequired: false },
    prepare: atPhoneButton,
    act: tap('.without-phone'),
    isShown: isLoggedIn,
    isTrue: hasNumber(''),
  },
  {
    name: 'asking to log in, known',
    of: ['login silent'],
    prepare: async (owner) => {
      await owner.wasLoggedIn()
      await owner.loseLogin(false)
      await owner.open('account')
    },
    act: tap('.login'),
    isShown: isLoggedIn,
  },
  {
    name: 'opening the app',
    of: ['checkToken'],
    prepare: (owner) => owner.wasLoggedIn(),
    act: (owner) => owner.open('index'),
    isShown: isLoggedIn,
    isUnasked: true,
  },
  {
    name: 'opening the app after twenty days',
    of: ['checkToken renewing'],
    prepare: (owner) => owner.wasLoggedIn(20),
    act: (owner) => owner.open('index'),
    isShown: (screen, owner) => isLoggedIn(screen, owner) && screen.token !== owner.tokenBefore,
    isUnasked: true,
  },
  {
    name: 'opening the app after a month',
    of: ['login silent', 'login silent, in place of a session'],
    prepare: (owner) => owner.wasLoggedIn(31),
    act: (owner) => owner.open('index'),
    isShown: isLoggedIn,
    again: tap('.account'),
    isUnasked: true,
  },
  {
    name: 'seeing the devices',
    of: ['account sessions'],
    prepare: (owner) => loggedInAt(owner, 'account'),
    act: tap(OWN_PAGES.devices),
    isShown: isOn('devices', TEXTS.devices.current),
  },
  {
    name: 'ending another device',
    prepare: withTwoDevices,
    act: tapAndConfirm('.end'),
    isShown: toasted(TEXTS.devices.ended),
    isTrue: hasSessions(1),
  },
  {
    name: 'ending the other devices',
    of: ['logout others'],
    prepare: withTwoDevices,
    act: tapAndConfirm('.end-others'),
    isShown: toasted(TEXTS.devices.othersEnded),
    isTrue: hasSessions(1),
  },
  {
    name: 'ending all devices',
    of: ['logout others', 'logout this'],
    prepare: withTwoDevices,
    act: tapAndConfirm('.end-all'),
    isShown: toasted(TEXTS.devices.allEnded),
    isTrueLater: hasSessions(0),
    endsLogin: true,
  },
  {
    name: 'a nickname',
    of: ['account update nickname'],
    prepare: (owner) => loggedInAt(owner, 'account'),
    act: submitNickname('小明'),
    isShown: toasted(TEXTS.account.nicknameSaved),
    isTrue: ({ user }) => user.document()['nickname'] === '小明',
  },
  {
    name: 'no nickname',
    prepare: (owner) => loggedInAt(owner, 'account'),
    act: async (owner) => {
      await submitNickname('')(owner)
      await confirm(owner.phone)
    },
    isShown: toasted(TEXTS.account.nicknameRemoved),
    isTrue: ({ user }) => user.document()['nickname'] === '',
  },
  {
    name: 'a picture',
    of: ['account avatarUpload', 'account update avatar'],
    prepare: (owner) => loggedInAt(owner, 'account'),
    act: choosePicture,
    isShown: toasted(TEXTS.account.avatarChanged),
    isTrue: ({ user }) => String(user.document()['avatar']).startsWith('cloud://'),
  },
  {
    name: 'no picture',
    of: ['account update avatar to none'],
    prepare: async (owner) => {
      await loggedInAt(owner, 'account')
      await choosePicture(owner)
    },
    act: tapAndConfirm('.picker >>> .remove'),
    isShown: toasted(TEXTS.account.avatarRemoved),
    isTrue: ({ user }) => user.document()['avatar'] === '',
  },
  {
    name: 'another number',
    of: ['account changePhone'],
    prepare: (owner) => loggedInAt(owner, 'account'),
    act: changeNumber,
    isShown: toasted(TEXTS.phoneChanger.changed),
    isTrue: hasNumber(OTHER_MASKED),
  },
  {
    name: 'another number with a ticket',
    prepare: async (owner) => {
      await loggedInAt(owner, 'account')
      await withUsersReadOnly(owner, changeNumber)
    },
    act: retry,
    again: changeNumber,
    isShown: toasted(TEXTS.phoneChanger.changed),
    isTrue: hasNumber(OTHER_MASKED),
  },
  {
    name: 'another number after lost answers',
    of: ['account get'],
    prepare: async (owner) => {
      await loggedInAt(owner, 'account')
      await withoutNetwork(owner, changeNumber)
    },
    act: retry,
    again: changeNumber,
    isShown: toasted(TEXTS.phoneChanger.changed),
    isTrue: hasNumber(OTHER_MASKED),
  },
  {
    name: 'another number after lost answers to a ticket',
    prepare: async (owner) => {
      await loggedInAt(owner, 'account')
      await withUsersReadOnly(owner, changeNumber)
      await withoutAnswers(owner, retry)
    },
    act: retry,
    again: changeNumber,
    isShown: toasted(TEXTS.phoneChanger.changed),
    isTrue: hasNumber(OTHER_MASKED),
  },
  {
    name: 'another number with a token gone bad',
    prepare: async (owner) => {
      await loggedInAt(owner, 'account')
      await owner.spoilToken()
    },
    act: changeNumber,
    isShown: toasted(TEXTS.phoneChanger.changed),
    isTrue: hasNumber(OTHER_MASKED),
  },
  {
    name: 'seeing whether there is another account',
    of: ['account transferState'],
    prepare: async (owner) => {
      await owner.wasLoggedIn()
      await meetCompanion(owner.user)
      await owner.open('account')
    },
    act: tap(OWN_PAGES.transfer),
    isShown: isOn('transfer', TEXTS.transfer.found),
  },
  {
    name: 'asking for another account',
    of: ['account requestTransfer'],
    prepare: async (owner) => {
      await owner.wasLoggedIn()
      await meetCompanion(owner.user)
      await owner.open('transfer')
    },
    act: tap('.request'),
    isShown: isOn('transfer', TEXTS.transfer.states.waiting),
    isTrue: ({ user }) => user.companion?.document()['transferRequest'] !== undefined,
  },
  {
    name: 'withdrawing that',
    of: ['account cancelTransfer'],
    prepare: async (owner) => {
      await owner.wasLoggedIn()
      await askCompanion(owner.user)
      await owner.open('transfer')
    },
    act: tapAndConfirm('.withdraw'),
    isShown: toasted(TEXTS.transfer.cancelled),
  },
  {
    name: 'saying no to another account',
    of: ['account answerTransfer, no'],
    prepare: withQuestion,
    act: tapAndConfirm('.refuse'),
    // The second text, to a no that was done but not answered, says as well that nothing moves.
    isShown: ({ text, toasts, messages }) =>
      !text.includes(TEXTS.transfer.questionText) &&
      (toasts.includes(TEXTS.transfer.refused) || messages.includes(ERROR_TEXTS.TRANSFER_EXPIRED)),
    isTrue: ({ user }) => user.documents().length === 1,
  },
  {
    name: 'saying yes to another account',
    of: ['account answerTransfer, yes'],
    prepare: withQuestion,
    act: tapAndConfirm('.accept'),
    // The second of two texts after an answer that was lost.
    isShown: ({ page, dialog }) =>
      page === 'index' && [TEXTS.transfer.accepted, ERROR_TEXTS.ACCOUNT_CLOSED].includes(dialog),
    isTrue: ({ user }) => user.documents().length === 0,
    endsLogin: true,
  },
  {
    name: 'seeing my data',
    of: ['account export'],
    prepare: (owner) => loggedInAt(owner, 'my-data'),
    act: tap('.load'),
    isShown: isOn('my-data', TEXTS.myData.copy),
  },
  {
    name: 'closing the account',
    of: ['account close'],
    prepare: async (owner) => {
      await owner.wasLoggedIn()
      await saveTrip(owner)
      await owner.open('close-account')
      await owner.phone.tap('.box')
    },
    act: tapAndConfirm('.close'),
    isShown: ({ page, dialog }) => page === 'index' && dialog === TEXTS.closeAccount.closed,
    isTrue: ({ user }) => user.documents().length === 0,
    endsLogin: true,
  },
  {
    name: 'logging out',
    of: ['logout this'],
    prepare: (owner) => loggedInAt(owner, 'account'),
    act: tapAndConfirm('.logout'),
    isShown: isOn('account', TEXTS.account.anonymous),
    isTrueLater: hasSessions(0),
    endsLogin: true,
  },
  ...APP_SCENARIOS,
]
