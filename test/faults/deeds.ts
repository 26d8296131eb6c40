import { ENDING_TEXTS, TEXTS } from '../../miniprogram/utils/texts.ts'
import { OWN_PAGES } from '../miniprogram/traveller.ts'
import type { Deed } from './deed.ts'
import {
  atPhoneButton,
  CITY,
  changeNumber,
  choosePicture,
  hasNumber,
  hasSessions,
  isLoggedIn,
  loggedInAt,
  loggedOut,
  NUMBER_BUTTON,
  OTHER_MASKED,
  OTHER_NUMBER,
  retry,
  saveTrip,
  submitNickname,
  tap,
  tapAndConfirm,
  toasted,
  withoutAnswers,
  withoutNetwork,
  withTwoDevices,
  withUsersReadOnly,
} from './hands.ts'

/** Whoever adds something that a person can do adds it here; what it asks of the cloud is found in the call log. */
export const DEEDS: readonly Deed[] = [
  {
    name: 'asking to log in, unknown',
    prepare: (owner) => owner.open('account'),
    act: tap('.login'),
    isShown: ({ phone, screen }) =>
      phone.route === 'login' && screen.told.every((text) => text === ENDING_TEXTS.PHONE_REQUIRED),
  },
  {
    name: 'first login',
    of: ['login of somebody new'],
    prepare: atPhoneButton,
    act: (owner) => owner.allow(NUMBER_BUTTON),
    isShown: isLoggedIn,
    isTrue: hasNumber('138****8000'),
  },
  {
    name: 'first login with a ticket',
    prepare: async (owner) => {
      await atPhoneButton(owner)
      await withUsersReadOnly(owner, () => owner.allow(NUMBER_BUTTON))
    },
    act: retry,
    again: (owner) => owner.allow(NUMBER_BUTTON),
    isShown: isLoggedIn,
    isTrue: hasNumber('138****8000'),
  },
  {
    name: 'first login after lost answers',
    prepare: async (owner) => {
      await atPhoneButton(owner)
      await withoutNetwork(owner, () => owner.allow(NUMBER_BUTTON))
    },
    act: retry,
    again: (owner) => owner.allow(NUMBER_BUTTON),
    isShown: isLoggedIn,
    isTrue: hasNumber('138****8000'),
  },
  {
    name: 'first login after lost answers to a ticket',
    prepare: async (owner) => {
      await atPhoneButton(owner)
      await withUsersReadOnly(owner, () => owner.allow(NUMBER_BUTTON))
      await withoutAnswers(owner, () => retry(owner))
    },
    act: retry,
    again: (owner) => owner.allow(NUMBER_BUTTON),
    isShown: isLoggedIn,
    isTrue: hasNumber('138****8000'),
  },
  {
    name: 'login with another number',
    of: ['login of somebody known'],
    prepare: async (owner) => {
      await loggedOut(owner)
      owner.phone.tap('.other-number')
      owner.phone.tap('.consent >>> .box')
    },
    act: (owner) => owner.allow(NUMBER_BUTTON, OTHER_NUMBER),
    isShown: isLoggedIn,
    isTrue: hasNumber(OTHER_MASKED),
  },
  {
    name: 'login by one tap',
    of: ['silent login'],
    prepare: loggedOut,
    act: tap('.one-tap'),
    isShown: isLoggedIn,
  },
  {
    name: 'login by one tap, agreeing anew',
    prepare: async (owner) => {
      await loggedOut(owner)
      const user = owner.subject.user()
      const consent = { ...(user['consent'] as object), version: '2020-01-01' }
      owner.subject.kit.cloud.database.putDocument('users', { ...user, consent })
      owner.phone.tap('.one-tap')
      await owner.phone.settle()
    },
    act: tap('.agree'),
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
    of: ['silent login'],
    prepare: async (owner) => {
      await owner.wasLoggedIn()
      owner.loseLogin(false)
      await owner.open('account')
    },
    act: tap('.login'),
    isShown: isLoggedIn,
  },
  {
    name: 'opening the app',
    of: ['check'],
    prepare: (owner) => owner.wasLoggedIn(),
    act: (owner) => owner.open('index'),
    isShown: isLoggedIn,
    isUnasked: true,
  },
  {
    name: 'opening the app after twenty days',
    of: ['renewal'],
    prepare: (owner) => owner.wasLoggedIn(20),
    act: (owner) => owner.open('index'),
    isShown: (owner) => isLoggedIn(owner) && owner.token !== owner.tokenBefore,
    isUnasked: true,
  },
  {
    name: 'opening the app after a month',
    of: ['silent login', 'silent login in place of a session'],
    prepare: (owner) => owner.wasLoggedIn(31),
    act: (owner) => owner.open('index'),
    isShown: isLoggedIn,
    again: async ({ phone }) => {
      phone.tap('.account')
      await phone.settle()
      phone.tap('.login')
    },
    isUnasked: true,
  },
  {
    name: 'saving a trip',
    of: ['saving a trip'],
    prepare: async (owner) => {
      await loggedInAt(owner, 'index')
      owner.phone.type('.city', CITY)
    },
    act: tap('.save'),
    isShown: toasted(TEXTS.home.saved),
    isTrue: (owner) => owner.documents('trips').length === 1,
  },
  {
    name: 'saving a trip with a token gone bad',
    prepare: async (owner) => {
      await loggedInAt(owner, 'index')
      owner.phone.type('.city', CITY)
      owner.spoilToken()
    },
    act: tap('.save'),
    isShown: toasted(TEXTS.home.saved),
    isTrue: (owner) => owner.documents('trips').length === 1,
  },
  {
    name: 'seeing trips',
    of: ['listing trips'],
    prepare: async (owner) => {
      await loggedInAt(owner, 'account')
      await saveTrip(owner)
    },
    act: tap(OWN_PAGES.trips),
    isShown: ({ phone }) => phone.route === 'trips' && phone.text.includes(CITY),
  },
  {
    name: 'seeing more trips',
    of: ['listing trips'],
    prepare: async (owner) => {
      await owner.wasLoggedIn()
      await saveTrip(owner)
      const { database } = owner.subject.kit.cloud
      const [trip] = owner.documents('trips')
      for (let more = 1; more <= 20; more++)
        database.putDocument('trips', { ...trip, _id: `${trip?.['_id']}${more}` })
      await owner.open('trips')
    },
    act: ({ phone }) => phone.gesture('onReachBottom'),
    isShown: ({ phone }) => phone.text.includes(TEXTS.trips.end),
  },
  {
    name: 'removing a trip',
    of: ['removing a trip'],
    prepare: async (owner) => {
      await owner.wasLoggedIn()
      await saveTrip(owner)
      await owner.open('trips')
    },
    act: tapAndConfirm('.remove'),
    isShown: toasted(TEXTS.trips.removed),
    isTrue: (owner) => owner.documents('trips').length === 0,
  },
  {
    name: 'seeing the devices',
    of: ['devices'],
    prepare: (owner) => loggedInAt(owner, 'account'),
    act: tap(OWN_PAGES.devices),
    isShown: ({ phone }) => phone.route === 'devices' && phone.text.includes(TEXTS.devices.current),
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
    of: ['logout of others'],
    prepare: withTwoDevices,
    act: tapAndConfirm('.end-others'),
    isShown: toasted(TEXTS.devices.othersEnded),
    isTrue: hasSessions(1),
  },
  {
    name: 'ending all devices',
    of: ['logout of others', 'logout'],
    prepare: withTwoDevices,
    act: tapAndConfirm('.end-all'),
    isShown: toasted(TEXTS.devices.allEnded),
    isTrueLater: hasSessions(0),
    endsLogin: true,
  },
  {
    name: 'a nickname',
    of: ['a nickname'],
    prepare: (owner) => loggedInAt(owner, 'account'),
    act: submitNickname('小明'),
    isShown: toasted(TEXTS.account.nicknameSaved),
    isTrue: ({ subject }) => subject.user()['nickname'] === '小明',
  },
  {
    name: 'no nickname',
    prepare: (owner) => loggedInAt(owner, 'account'),
    act: (owner) => {
      submitNickname('')(owner)
      owner.phone.answer(true)
    },
    isShown: toasted(TEXTS.account.nicknameRemoved),
    isTrue: ({ subject }) => subject.user()['nickname'] === '',
  },
  {
    name: 'a picture',
    of: ['a place for a picture', 'a picture'],
    prepare: (owner) => loggedInAt(owner, 'account'),
    act: choosePicture,
    isShown: toasted(TEXTS.account.avatarChanged),
    isTrue: ({ subject }) => String(subject.user()['avatar']).startsWith('cloud://'),
  },
  {
    name: 'no picture',
    of: ['taking a picture away'],
    prepare: async (owner) => {
      await loggedInAt(owner, 'account')
      choosePicture(owner)
      await owner.phone.settle()
    },
    act: tapAndConfirm('.picker >>> .remove'),
    isShown: toasted(TEXTS.account.avatarRemoved),
    isTrue: ({ subject }) => subject.user()['avatar'] === '',
  },
  {
    name: 'another number',
    of: ['another number'],
    prepare: (owner) => loggedInAt(owner, 'account'),
    act: changeNumber,
    isShown: toasted(TEXTS.phoneChanger.changed),
    isTrue: hasNumber(OTHER_MASKED),
  },
  {
    name: 'another number with a ticket',
    prepare: async (owner) => {
      await loggedInAt(owner, 'account')
      await withUsersReadOnly(owner, () => changeNumber(owner))
    },
    act: retry,
    again: changeNumber,
    isShown: toasted(TEXTS.phoneChanger.changed),
    isTrue: hasNumber(OTHER_MASKED),
  },
  {
    name: 'another number after lost answers',
    of: ['the account'],
    prepare: async (owner) => {
      await loggedInAt(owner, 'account')
      await withoutNetwork(owner, () => changeNumber(owner))
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
      await withUsersReadOnly(owner, () => changeNumber(owner))
      await withoutAnswers(owner, () => retry(owner))
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
      owner.spoilToken()
    },
    act: changeNumber,
    isShown: toasted(TEXTS.phoneChanger.changed),
    isTrue: hasNumber(OTHER_MASKED),
  },
  {
    name: 'seeing my data',
    of: ['export'],
    prepare: (owner) => loggedInAt(owner, 'my-data'),
    act: tap('.load'),
    isShown: ({ phone }) => phone.text.includes(TEXTS.myData.copy),
  },
  {
    name: 'closing the account',
    of: ['closing'],
    prepare: async (owner) => {
      await owner.wasLoggedIn()
      await saveTrip(owner)
      await owner.open('close-account')
      owner.phone.tap('.box')
    },
    act: tapAndConfirm('.close'),
    isShown: ({ phone }) => phone.route === 'index' && phone.modal?.content === TEXTS.closeAccount.closed,
    isTrue: ({ subject }) => subject.userCount() === 0,
    endsLogin: true,
  },
  {
    name: 'logging out',
    of: ['logout'],
    prepare: (owner) => loggedInAt(owner, 'account'),
    act: tapAndConfirm('.logout'),
    isShown: ({ phone }) => phone.text.includes(TEXTS.account.anonymous),
    isTrueLater: hasSessions(0),
    endsLogin: true,
  },
]
