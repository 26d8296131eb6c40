import './configured.ts'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Phone, TestProject } from 'wechat-cloud-emulator/testing'
import { OMITTED_WORDS } from '../../cloudfunctions/account/omitted-words.ts'
import { ENGLISH_MESSAGES } from '../../cloudfunctions/shared/core/english-messages.ts'
import { ENGLISH_TEXTS as ACCOUNT_TEXTS } from '../../miniprogram/account/utils/english-texts.ts'
import { appConfig } from '../../miniprogram/app-config.ts'
import { ENGLISH_ERROR_TEXTS } from '../../miniprogram/auth/ui/english-error-texts.ts'
import { ENGLISH_TEXTS } from '../../miniprogram/english-texts.ts'
import { DESTINATIONS } from '../../miniprogram/services/destinations.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { useProject } from '../support/use-project.ts'
import { CITY, saveTrip } from './log-in.ts'
import { allow, LOGIN_PAGE } from './own-account.ts'
import { TEXTS } from './texts.ts'

const app = useProject()

/** Stays as it is in every language: places, and the nickname that the server gave. */
const NAMES = [...DESTINATIONS.map(({ city }) => city), appConfig.defaultNickname]
/** A text with a Chinese word that is no name. */
const CHINESE = new RegExp(`^(?!(?:${NAMES.join('|')}|\\P{Script=Han})*$)`, 'u')

/** On the home page of the tester's phone, whose WeChat has this language. */
async function atHomeIn(language: string, { phone, phones }: TestProject = app.project): Promise<Phone> {
  await phones.of(phone.openid, { language })
  await phone.open()
  return phone
}

/** Logged in by saving a trip; the home page is on top. */
async function loggedInEnglish(): Promise<Phone> {
  const phone = await atHomeIn('en')
  await saveTrip(phone)
  await allow(app.project)
  expect(await phone.toasts()).toEqual(['Logged in', 'Trip saved'])
  return phone
}

/** What is Chinese, apart from names, of all that is read or heard of the page on top, of its data, and of dialogs. */
async function chineseWords(phone: Phone): Promise<string[]> {
  const data = await phone.evaluate(({ getCurrentPages }) => JSON.stringify(getCurrentPages().at(-1).data))
  const dialogs = (await phone.dialogs()).flatMap(({ text, buttons }) => [text, ...buttons])
  const others = [await phone.title(), data, ...dialogs].filter((text) => CHINESE.test(text))
  // A target finds places by their labels for screen readers and by placeholders, too.
  return [...(await phone.texts(CHINESE)), ...others]
}

/** @param toasts those since the last reading */
async function expectEnglish(phone: Phone, title: string, toasts: readonly string[] = []): Promise<void> {
  expect(await phone.title()).toBe(title)
  expect(await chineseWords(phone)).toEqual([])
  expect(await phone.toasts()).toEqual(toasts)
}

/** The title that the JSON of the app or of one of its pages gives. */
function titleInJson(path: string): string {
  const json = JSON.parse(readFileSync(projectPath(`miniprogram/${path}.json`), 'utf8'))
  return { ...json, ...json.window }.navigationBarTitleText
}

/** Each with what is tapped there. */
const ACCOUNT_PAGES = [
  ['devices', 'Devices', '.end-all'],
  ['my-data', 'My data', '.load'],
  ['transfer', 'Recover account', undefined],
  ['close-account', 'Close account', '.box'],
  ['account', 'Me', '.logout'],
] as const

const LISTS = [
  ['favourites', 'My favourites'],
  ['history', 'History'],
  ['discover', 'For you'],
] as const

describe('on a phone whose WeChat is English', () => {
  it('no page before the login has a Chinese word but names', async () => {
    const phone = await atHomeIn('en')
    await expectEnglish(phone, 'AI Travel Assistant')
    for (const [page, title] of [
      ['pages/discover/discover', 'For you'],
      ['pages/trips/trips', 'My trips'],
      ['pages/destination/destination?city=nowhere', 'Destination'],
      [`pages/destination/destination?city=${encodeURIComponent(CITY)}`, 'Destination'],
      ['account/pages/login/login', 'Log in'],
      ['account/pages/account/account', 'Me'],
      ['account/pages/agreement/agreement', 'User Agreement'],
      ['account/pages/privacy/privacy', 'Privacy Policy'],
    ] as const) {
      await phone.open(page)
      await expectEnglish(phone, title)
    }
  })

  it('the login and saving a trip have none, and the cloud is asked in English', async () => {
    const phone = await atHomeIn('en')
    await saveTrip(phone)
    await expectEnglish(phone, 'Log in')
    await allow(app.project)
    await expectEnglish(phone, 'AI Travel Assistant', ['Logged in', 'Trip saved'])
    const trips = (await phone.calls()).filter(({ name }) => name === 'trips')
    expect(trips.map(({ data }) => data)).toMatchObject([{ language: 'en' }])
    await phone.open('pages/trips/trips')
    await expectEnglish(phone, 'My trips')
    expect(await phone.text()).toContain('3 days')
  })

  it('no page of the account has one, nor have its dialogs', async () => {
    const phone = await loggedInEnglish()
    for (const [page, title, tap] of ACCOUNT_PAGES) {
      await phone.open(`account/pages/${page}/${page}`)
      await expectEnglish(phone, title)
      if (tap === undefined) continue
      await phone.tap(tap)
      await expectEnglish(phone, title)
      // WeChat shows no dialog with longer buttons.
      expect(await phone.dialogs()).toHaveLength(tap === '.end-all' || tap === '.logout' ? 1 : 0)
    }
  })

  it('no list of the example has one', async () => {
    const phone = await loggedInEnglish()
    for (const [page, title] of LISTS) {
      await phone.open(`pages/${page}/${page}`)
      await expectEnglish(phone, title)
    }
  })

  it('what the cloud says of a failure is English where it is shown, and nothing else is asked', async () => {
    const phone = await atHomeIn('en')
    await phone.goOffline()
    await saveTrip(phone)
    await expectEnglish(phone, 'Log in')
    expect(await phone.text()).toContain(ENGLISH_ERROR_TEXTS.OFFLINE)
  })
})

/** On the home page, and then on the login page, to which saving a trip leads. */
async function expectChinese(phone: Phone): Promise<void> {
  expect(await phone.text()).toContain(TEXTS.home.save)
  expect(await phone.title()).toBe(titleInJson('app'))
  await saveTrip(phone)
  expect(await phone.text()).toContain(TEXTS.login.agreeButton)
  expect(await phone.title()).toBe(titleInJson(LOGIN_PAGE))
  const logins = (await phone.calls()).filter(({ name }) => name === 'login')
  expect(logins.map(({ data }) => 'language' in data)).toEqual([false])
}

it.each(['zh_CN', 'zh_TW', 'zh_HK', ''])(
  'WeChat in %j: Chinese, and no page changes its title',
  async (language) => {
    await expectChinese(await atHomeIn(language))
  },
)

describe('an app without English words', () => {
  const chineseOnly = useProject({ config: { isChineseOnly: true } })

  it('is Chinese on every phone, and so is the login', async () => {
    await expectChinese(await atHomeIn('en', chineseOnly.project))
  })
})

it('no button of a dialog has more than the four characters that WeChat takes', () => {
  const { account, devices, closeAccount, numberInUse, transfer } = ACCOUNT_TEXTS
  const buttons = [
    [account.remove, account.clear, account.logoutConfirm, devices.endConfirm, closeAccount.confirm],
    [numberInUse.find, numberInUse.later],
    [transfer.cancelConfirm, transfer.acceptConfirm, transfer.refuseConfirm],
    [ENGLISH_TEXTS.history.clearConfirm],
  ].flat()
  expect(buttons.filter((text) => text.length > 4)).toEqual([])
})

it('every English text of failures and of answers has no Chinese word', () => {
  const { en } = OMITTED_WORDS
  const all = JSON.stringify([
    ENGLISH_ERROR_TEXTS,
    ENGLISH_MESSAGES,
    en,
    en.otherFields(['remark']),
    en.damaged(2),
    en.rest('trips', 1000),
    appConfig.english,
  ])
  expect(all.match(/\p{Script=Han}+/gu)).toBeNull()
})

describe('functions answer in the language of the request:', () => {
  it.each([
    ['en', 'Please log in first'],
    ['zh', '请先登录'],
    [undefined, '请先登录'],
    ['fr', '请先登录'],
    [{ zh: 1 }, '请先登录'],
  ])('%j', async (language, message) => {
    const { cloud, phone } = app.project
    const data = language === undefined ? {} : { language }
    expect(await cloud.call('checkToken', data, { as: phone.openid })).toMatchObject({
      reason: 'TOKEN_MISSING',
      message,
    })
  })
})
