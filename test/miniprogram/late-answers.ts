import type { FunctionCall, HeldCall, Phone, TestProject } from 'wechat-cloud-emulator/testing'
import type { Answer } from '../../contract/answer.ts'
import { succeeded } from '../support/cloud-kit.ts'
import { isCallOf } from './calls.ts'
import { CITY } from './log-in.ts'
import { loggedInAtHome, tapAndConfirm } from './own-account.ts'
import { routeTo } from './page-routes.ts'
import { picture } from './pictures.ts'
import { TEXTS } from './texts.ts'

const OTHER_NUMBER = '13900139000'
const CHANGE = '.changer >>> .change >>> .phone-button'
/** More than the time in which a removal can be undone. */
const UNDO = '9 s'

/** While it is under way the app requests no other number, so the next login is one of the same account. */
export const NUMBER = 'another number'
export const CLOSING = 'the closing of the account'

interface LateAnswer {
  page: string
  isHeld: (call: FunctionCall) => boolean
  /** The cloud refuses it with this reason; by default it does what it is asked. */
  refusal?: string
  /** The page asks as soon as it is opened. */
  isFirst?: true
  /** Before the page is opened: what it needs. */
  prepare?(project: TestProject): Promise<unknown>
  ask?(project: TestProject): Promise<unknown>
  /** What of it must not be seen by the next account. */
  trace?: string
}

/** One line for each thing that is asked of the cloud on a page that shows an account. */
export const LATE: { [name: string]: LateAnswer } = {
  'the list of trips': { page: 'trips', isHeld: isCallOf('trips', 'list'), isFirst: true, trace: CITY },
  'the removal of a trip': {
    page: 'trips',
    isHeld: isCallOf('trips', 'remove'),
    ask: removeTrip,
    trace: CITY,
  },
  'the refused removal of a trip': {
    page: 'trips',
    isHeld: isCallOf('trips', 'remove'),
    refusal: 'RATE_LIMITED',
    ask: removeTrip,
    trace: CITY,
  },
  'the list of devices': {
    page: 'devices',
    isHeld: isCallOf('account', 'sessions'),
    isFirst: true,
    prepare: loginOnIphone,
    trace: 'iPhone 15',
  },
  'the end of other devices': {
    page: 'devices',
    isHeld: isCallOf('logout'),
    prepare: loginOnIphone,
    ask: ({ phone }) => tapAndConfirm(phone, '.end-others'),
  },
  'the end of all devices': {
    page: 'devices',
    isHeld: isCallOf('logout'),
    ask: ({ phone }) => tapAndConfirm(phone, '.end-all'),
  },
  'my data': {
    page: 'my-data',
    isHeld: isCallOf('account', 'export'),
    ask: ({ phone }) => phone.tap('.load'),
    trace: '复制全部',
  },
  'a nickname': {
    page: 'account',
    isHeld: isCallOf('account', 'update'),
    ask: ({ phone }) => saveNickname(phone, '小海'),
    trace: '小海',
  },
  'a picture': {
    page: 'account',
    isHeld: isCallOf('account', 'update'),
    ask: ({ phone }) => choosePicture(phone),
    trace: '移除头像',
  },
  'the place for a picture': {
    page: 'account',
    isHeld: isCallOf('account', 'avatarUpload'),
    ask: ({ phone }) => choosePicture(phone),
    trace: '移除头像',
  },
  [NUMBER]: {
    page: 'account',
    isHeld: isCallOf('account', 'changePhone'),
    ask: changeNumber,
  },
  [CLOSING]: {
    page: 'close-account',
    isHeld: isCallOf('account', 'close'),
    ask: async ({ phone }) => {
      await phone.tap('.box')
      await tapAndConfirm(phone, '.close')
    },
  },
}

/** An answer that is on its way. */
export interface Late {
  phone: Phone
  arrives(): Promise<void>
}

/** Logged in, on the page; it has asked the cloud, whose answer is on its way. */
export async function asked(project: TestProject, name: string): Promise<Late> {
  const late = LATE[name]
  if (!late) throw new Error(name)
  const phone = await loggedInAtHome(project)
  await late.prepare?.(project)
  const hold = () => phone.holdCall(late.isHeld, late.refusal === undefined ? 'answer' : 'request')
  const open = () => phone.open(routeTo(late.page))
  let held: HeldCall
  if (late.isFirst) {
    held = await hold()
    await open()
  } else {
    await open()
    held = await hold()
  }
  await late.ask?.(project)
  await held.waiting()
  const refused = { code: 400, reason: late.refusal, message: '', requestId: 'held' }
  return { phone, arrives: () => (late.refusal === undefined ? held.release() : held.answer(refused)) }
}

export async function saveNickname(phone: Phone, nickname: string): Promise<void> {
  await phone.type(TEXTS.account.nickname, nickname)
  await phone.tap(TEXTS.account.saveNickname)
}

export async function choosePicture(phone: Phone): Promise<void> {
  await phone.tap('.picker >>> .choose')
  await phone.chooseAvatar(picture('png'))
}

/** Logs the same person in on another device. */
export async function loginOnIphone({ cloud, phone }: TestProject): Promise<void> {
  const data = { device: { model: 'iPhone 15', platform: 'ios' } }
  succeeded(await cloud.call<Answer<unknown>>('login', data, { as: phone.openid }))
}

async function removeTrip({ phone, clock }: TestProject): Promise<void> {
  await phone.tap('.remove')
  await clock.advance(UNDO)
}

async function changeNumber({ phone, phones }: TestProject): Promise<void> {
  await phones.of(phone.openid, { phoneNumber: OTHER_NUMBER })
  await phone.tap(CHANGE)
  await phone.allowNumber()
}
