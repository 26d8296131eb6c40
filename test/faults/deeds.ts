import { ENDING_TEXTS, TEXTS } from '../../miniprogram/utils/texts.ts'
import { succeeded } from '../cloud-kit.ts'
import type { ConfigChange } from '../miniprogram/compiled.ts'
import { type Deliver, OFFLINE, offline } from '../miniprogram/deliver.ts'
import { picture } from '../miniprogram/pictures.ts'
import { OWN_PAGES } from '../miniprogram/traveller.ts'
import type { PhoneOwner } from './phone-owner.ts'

/** Something a person does on the phone that the cloud is asked for. */
export interface Deed {
  name: string
  /** The lines of calls.ts whose half on the phone this is. */
  of?: readonly string[]
  config?: ConfigChange
  /** All that comes before, up to the screen on which it is done. */
  prepare(owner: PhoneOwner): Promise<void>
  /** Throws where there is nothing to tap. */
  act(owner: PhoneOwner): void | Promise<void>
  /** Whether they see that it is done. */
  isShown(owner: PhoneOwner): boolean
  /** Whether it is, in the cloud. */
  isTrue?(owner: PhoneOwner): boolean
  /** Whether it is by the time the mini-program is opened again: it is seen to be done before that. */
  isTrueLater?(owner: PhoneOwner): boolean
  /** Next step where the screen has no button to try again: the same once more unless said otherwise. */
  again?(owner: PhoneOwner): void | Promise<void>
  /** Happens unasked, and what becomes of it is told to nobody: the app can be used meanwhile. */
  isUnasked?: true
  /** Afterwards nobody is to be logged in on this phone. */
  endsLogin?: true
}

const CITY = '杭州'
const NUMBER_BUTTON = '.main-button >>> .phone-button'
const CHANGE_BUTTON = '.changer >>> .change >>> .phone-button'
const OTHER_NUMBER = '13900139000'
const OTHER_MASKED = '139****9000'

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
    of: ['silent login'],
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

function tap(selector: string): Deed['act'] {
  return ({ phone }) => {
    if (!phone.tap(selector)) throw new Error(`${selector} is disabled`)
  }
}

function tapAndConfirm(selector: string): Deed['act'] {
  return async (owner) => {
    await tap(selector)(owner)
    owner.phone.answer(true)
  }
}

function retry({ screen }: PhoneOwner): void {
  if (!screen.tapRetry()) throw new Error('there is no 再试一次')
}

function toasted(text: string): Deed['isShown'] {
  return ({ phone }) => phone.toasts.includes(text)
}

/** On the page to which the person came back. */
function isLoggedIn({ phone }: PhoneOwner): boolean {
  if (phone.route === 'account') return phone.find('.logout') !== undefined
  return phone.route === 'index' && !phone.text.includes(TEXTS.home.greeting)
}

function hasNumber(masked: string): Deed['isShown'] {
  return ({ subject }) => subject.userCount() === 1 && subject.user()['phoneMasked'] === masked
}

function hasSessions(count: number): Deed['isShown'] {
  return ({ subject }) => (subject.user()['sessions'] as unknown[]).length === count
}

async function loggedInAt(owner: PhoneOwner, page: string): Promise<void> {
  await owner.wasLoggedIn()
  await owner.open(page)
}

/** On the login page, known there. */
async function loggedOut(owner: PhoneOwner): Promise<void> {
  await owner.wasLoggedIn()
  owner.loseLogin(true)
  await owner.open('login')
}

/** On the login page, unknown, the box ticked. */
async function atPhoneButton(owner: PhoneOwner): Promise<void> {
  await owner.open('login')
  owner.phone.tap('.consent >>> .box')
}

async function saveTrip({ subject, token }: PhoneOwner): Promise<void> {
  succeeded(await subject.call('trips', { action: 'save', token, key: 'the-same-key', city: CITY, days: 2 }))
}

async function withTwoDevices(owner: PhoneOwner): Promise<void> {
  await owner.wasLoggedIn()
  succeeded(await owner.subject.call('login', { device: { model: 'iPhone 15', platform: 'ios' } }))
  await owner.open('devices')
}

/** The number is paid for, and the ticket for it is in the hand of the page. */
async function withUsersReadOnly(owner: PhoneOwner, act: () => void): Promise<void> {
  const { subject, phone } = owner
  const { openid } = subject
  const answer = { kind: 'error', code: 'SYS_ERR', message: 'down' } as const
  const { faults } = subject.kit.cloud
  const lifts = ['insertDocument', 'modifyDocument'].map((operation) =>
    faults.add({ action: `database.${operation}`, target: 'users', openid, answer }),
  )
  act()
  await phone.settle()
  for (const lift of lifts) lift()
}

/** Nothing of what is sent arrives, which the phone cannot know. */
function withoutNetwork(owner: PhoneOwner, act: () => void): Promise<void> {
  return withNetwork(owner, offline, act)
}

/** What is sent is done, which the phone cannot know. */
function withoutAnswers(owner: PhoneOwner, act: () => void): Promise<void> {
  const { deliver } = owner.phone
  const deaf: Deliver = async (call) => {
    await deliver(call)
    throw OFFLINE
  }
  return withNetwork(owner, deaf, act)
}

async function withNetwork({ phone }: PhoneOwner, network: Deliver, act: () => void): Promise<void> {
  const { deliver } = phone
  phone.deliver = network
  act()
  await phone.settle()
  phone.deliver = deliver
}

function submitNickname(nickname: string): (owner: PhoneOwner) => void {
  return ({ phone }) => {
    if (phone.attribute('.nickname >>> .save', 'disabled')) throw new Error('the form is disabled')
    phone.fire('.nickname >>> .form', 'submit', { value: { nickname } })
  }
}

function choosePicture({ phone }: PhoneOwner): void {
  if (phone.attribute('.picker >>> .choose', 'disabled')) throw new Error('the picture is disabled')
  phone.files.set('http://tmp/me.png', picture('png'))
  phone.fire('.picker >>> .choose', 'chooseavatar', { avatarUrl: 'http://tmp/me.png' })
}

function changeNumber(owner: PhoneOwner): void {
  owner.allow(CHANGE_BUTTON, OTHER_NUMBER)
}
