import './configured.ts'
import { describe, expect, it } from 'vitest'
import { OMITTED_WORDS } from '../../cloudfunctions/account/omitted-words.ts'
import { ENGLISH_MESSAGES } from '../../cloudfunctions/shared/core/english-messages.ts'
import { ENGLISH_TEXTS as ACCOUNT_TEXTS } from '../../miniprogram/account/utils/english-texts.ts'
import { appConfig } from '../../miniprogram/app-config.ts'
import { ENGLISH_ERROR_TEXTS } from '../../miniprogram/auth/ui/english-error-texts.ts'
import { ENGLISH_TEXTS } from '../../miniprogram/english-texts.ts'
import { DESTINATIONS } from '../../miniprogram/services/destinations.ts'
import type { ConfigChange } from './phone/compiled.ts'
import { CITY, useTestUsers } from './phone-user.ts'
import { TEXTS } from './texts.ts'

const newTestUser = useTestUsers()

/** Stays as it is in every language: places, and the nickname that the server gave. */
const NAMES = [...DESTINATIONS.map(({ city }) => city), appConfig.defaultNickname]

async function newEnglishUser(language = 'en', change: ConfigChange = {}) {
  const testUser = await newTestUser(change)
  testUser.phone.language = language
  await testUser.phone.launch()
  return testUser
}

type TestUser = Awaited<ReturnType<typeof newTestUser>>

/** Everything that is read or heard of the page on top, dialogs and toasts too. */
function words({ phone }: TestUser): string[] {
  const { title = '', content = '', confirmText = '', cancelText = '' } = phone.modal ?? {}
  return [
    phone.title ?? '',
    // With the labels for screen readers.
    phone.page.element.dom.outerHTML,
    JSON.stringify(phone.data),
    ...phone.toasts,
    title,
    content,
    confirmText,
    cancelText,
  ]
}

/** The Chinese words that are left, apart from names. */
function chineseWords(testUser: TestUser): string[] {
  const text = NAMES.reduce((rest, name) => rest.replaceAll(name, ''), words(testUser).join('\n'))
  return text.match(/\p{Script=Han}+/gu) ?? []
}

async function expectEnglish(testUser: TestUser, title: string): Promise<void> {
  await testUser.phone.settle()
  expect(testUser.phone.title).toBe(title)
  expect(chineseWords(testUser)).toEqual([])
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
    const testUser = await newEnglishUser()
    await expectEnglish(testUser, 'AI Travel Assistant')
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
      await testUser.phone.launch(page)
      await expectEnglish(testUser, title)
    }
  })

  it('the login and saving a trip have none, and the cloud is asked in English', async () => {
    const testUser = await newEnglishUser()
    const { phone } = testUser
    await testUser.save()
    await expectEnglish(testUser, 'Log in')
    await testUser.allow()
    await expectEnglish(testUser, 'AI Travel Assistant')
    expect(phone.toasts).toEqual(['Logged in', 'Trip saved'])
    expect(phone.callsOf('trips').map(({ data }) => data)).toMatchObject([{ language: 'en' }])
    await phone.launch('pages/trips/trips')
    await expectEnglish(testUser, 'My trips')
    expect(phone.text).toContain('3 days')
  })

  it('no page of the account has one, nor have its dialogs', async () => {
    const testUser = await newEnglishUser()
    const { phone } = testUser
    await testUser.logIn()
    for (const [page, title, tap] of ACCOUNT_PAGES) {
      phone.modal = undefined
      await phone.launch(`account/pages/${page}/${page}`)
      await expectEnglish(testUser, title)
      if (tap === undefined) continue
      phone.tap(tap)
      await expectEnglish(testUser, title)
      // WeChat shows no dialog with longer buttons.
      expect(phone.modal !== undefined).toBe(tap === '.end-all' || tap === '.logout')
    }
  })

  it('no list of the example has one', async () => {
    const testUser = await newEnglishUser()
    await testUser.logIn()
    for (const [page, title] of LISTS) {
      await testUser.phone.launch(`pages/${page}/${page}`)
      await expectEnglish(testUser, title)
    }
  })

  it('what the cloud says of a failure is English where it is shown, and nothing else is asked', async () => {
    const testUser = await newEnglishUser()
    const { phone } = testUser
    phone.goOffline()
    await testUser.save()
    await expectEnglish(testUser, phone.route === 'login' ? 'Log in' : 'AI Travel Assistant')
    expect(phone.text).toContain(ENGLISH_ERROR_TEXTS.OFFLINE)
  })
})

it.each(['zh_CN', 'zh_TW', 'zh_HK', ''])(
  'WeChat in %j: Chinese, and no page changes its title',
  async (language) => {
    const testUser = await newEnglishUser(language)
    expect(testUser.phone.text).toContain(TEXTS.home.save)
    expect(testUser.phone.title).toBeUndefined()
    await testUser.save()
    expect(testUser.phone.text).toContain(TEXTS.login.agreeButton)
    expect(testUser.phone.callsOf('login').some(({ data }) => 'language' in data)).toBe(false)
  },
)

it('an app without English words is Chinese on every phone, and so is the login', async () => {
  const testUser = await newEnglishUser('en', { isChineseOnly: true })
  expect(testUser.phone.text).toContain(TEXTS.home.save)
  await testUser.save()
  expect(testUser.phone.text).toContain(TEXTS.login.agreeButton)
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
    const { kit, openid } = await newTestUser()
    const data = language === undefined ? {} : { language }
    expect(await kit.call('checkToken', openid, data)).toMatchObject({
      reason: 'TOKEN_MISSING',
      message,
    })
  })
})
