import { describe, expect, it } from 'vitest'
import { type CallHandler, LOST_CALL, type Phone } from 'wechat-cloud-emulator/testing'
import { REASONS } from '../../cloudfunctions/shared/core/reasons.ts'
import type { Reason } from '../../contract/reason.ts'
import { type ErrorCode, toNotice } from '../../miniprogram/account/utils/error-notice.ts'
// Of all that WeChat may answer the page shows what this reads.
import { type PhoneErrorCode, readPhoneAnswer } from '../../miniprogram/account/utils/phone-answer.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { FOLDERS_BY_LANGUAGE, LANGUAGES } from '../documents/languages.ts'
import { useProject } from '../support/use-project.ts'
import { refusal } from './calls.ts'
import { saveTrip } from './log-in.ts'
import { loginEndingsPage } from './login-endings.ts'
import { allow, atHome, HOME_PAGE, LOGIN_PAGE, PHONE_BUTTON } from './own-account.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

const app = useProject()

const PHONE_DETAILS: { [Key in PhoneErrorCode]: object[] } = {
  DENIED: [
    { errno: 103, errMsg: 'getPhoneNumber:fail' },
    { errMsg: 'getPhoneNumber:fail user deny' },
    { errMsg: 'getPhoneNumber:fail:user denied' },
  ],
  CANCELLED: [
    { errno: 104, errMsg: 'getPhoneNumber:fail' },
    { errMsg: 'getPhoneNumber:fail:cancel to confirm login' },
  ],
  PRIVACY_REFUSED: [
    { errno: 104, errMsg: 'getPhoneNumber:fail privacy permission is not authorized' },
    { errno: 101100 },
    { errno: 101101 },
    { errno: 101102 },
    { errMsg: 'getPhoneNumber:fail privacy permission is not authorized' },
  ],
  NO_PERMISSION: [
    { errno: 102, errMsg: 'getPhoneNumber:fail no permission' },
    { errMsg: 'getPhoneNumber:fail jsapi has no permission, event_id=1' },
    { errMsg: 'getPhoneNumber:fail 该 appid 没有权限' },
  ],
  QUOTA_USED_UP: [{ errno: 1400001, errMsg: 'getPhoneNumber:fail jsapi has no permission' }],
  PRIVACY_UNDECLARED: [
    { errno: 112 },
    { errMsg: 'getPhoneNumber:fail api scope is not declared in the privacy agreement' },
  ],
  PRIVACY_BANNED: [{ errno: 1025 }, { errMsg: 'getPhoneNumber:fail appid privacy api banned' }],
  NO_CODE: [{ errMsg: 'getPhoneNumber:ok', encryptedData: 'x', iv: 'y' }, {}],
  PHONE_UNKNOWN: [{ errMsg: 'getPhoneNumber:fail' }, { errno: 7, errMsg: 'getPhoneNumber:fail' }],
}

const reasons = Object.keys(REASONS) as Reason[]

/** What the page shows of answers that are no refusals. */
const ANSWERS: [ErrorCode, CallHandler][] = [
  ['OFFLINE', () => Promise.reject(LOST_CALL)],
  [
    'NOT_DEPLOYED',
    () => Promise.reject({ errCode: -501000, errMsg: 'FunctionName parameter could not be found' }),
  ],
  ['INVALID_RESPONSE', () => '<html>'],
  ['INVALID_RESPONSE', () => undefined],
  ['INVALID_RESPONSE', () => ({ code: 418 })],
  ['INVALID_RESPONSE', () => ({ code: 200, message: '' })],
  ['INVALID_RESPONSE', () => ({ code: 400, reason: 'A_NEWER_REASON', message: '' })],
]

/** On the login page of somebody unknown. */
async function atTheButton(): Promise<Phone> {
  const phone = await atHome(app.project)
  await phone.answerCalls('login', () => refusal('PHONE_REQUIRED'), 1)
  await phone.tap('.account')
  await phone.calls()
  return phone
}

/** The user reads the text of the error code, has its next step at hand, and can go on browsing. */
async function expectNotice(phone: Phone, code: ErrorCode): Promise<void> {
  expect(await phone.page()).toContain(LOGIN_PAGE)
  expect(await phone.text()).toContain(ERROR_TEXTS[code])
  const { nextStep } = toNotice(code)
  expect(await phone.count('.notice >>> .action')).toBe(nextStep === 'retry' ? 1 : 0)
  // No login would use another authorization.
  if (code === 'PHONE_BUDGET_SPENT') expect(await phone.count(PHONE_BUTTON)).toBe(0)
  else expect(await phone.isDisabled(PHONE_BUTTON)).toBe(false)
  if (nextStep === 'consent') expect(await phone.count(TEXTS.login.agreeButton)).toBeGreaterThan(0)
  await phone.tap('.later')
  expect(await phone.page()).toBe(HOME_PAGE)
  expect(await phone.text()).toContain('想去哪里')
}

describe('the phone button', () => {
  const cases = Object.entries(PHONE_DETAILS).flatMap(([code, details]) =>
    details.map((detail) => [code as PhoneErrorCode, detail] as const),
  )
  it.each(cases)('reads %s from %j', (code, detail) => {
    expect(readPhoneAnswer(detail)).toEqual({ error: code })
  })

  it.each(Object.keys(PHONE_DETAILS) as PhoneErrorCode[])(
    'shows %s, calls nobody, blocks nothing',
    async (code) => {
      const phone = await atTheButton()
      await phone.evaluate(({ getCurrentPages }, answer) => getCurrentPages().at(-1).onAnswer(answer), {
        detail: readPhoneAnswer(PHONE_DETAILS[code][0] ?? {}),
      })
      expect(await phone.calls()).toEqual([])
      await expectNotice(phone, code)
    },
  )
})

describe('the cloud', () => {
  it.each(reasons)('shows %s, blocks nothing', async (reason) => {
    const phone = await atTheButton()
    await phone.answerCalls('login', () => ({ ...refusal(reason), code: 400 }))
    await allow(app.project)
    await expectNotice(phone, reason)
  })

  it.each(ANSWERS)('shows %s, blocks nothing', async (code, answer) => {
    const phone = await atTheButton()
    await phone.answerCalls('login', answer)
    await allow(app.project)
    await expectNotice(phone, code)
  })

  it('shows SLOW for a call that hangs', async () => {
    const phone = await atTheButton()
    const first = await phone.holdCall('login', 'request')
    await allow(app.project)
    await first.waiting()
    // A silent login asks whether the first try arrived.
    const second = await phone.holdCall('login', 'request')
    await app.project.clock.advance('8 s')
    await second.waiting()
    await app.project.clock.advance('8 s')
    await phone.see(ERROR_TEXTS.SLOW)
    expect(await phone.isDisabled(PHONE_BUTTON)).toBe(false)
  })
})

describe('an app that is not set up, or cannot be', () => {
  it('says on the first screen and on the login page that there is no cloud env, and what to do', async () => {
    const phone = await atHome(app.project)
    await phone.replaceApi('getExtConfigSync', 'absent')
    await phone.open()
    expect(await phone.text()).toContain(ERROR_TEXTS.ENV_UNSET)
    await phone.open(LOGIN_PAGE)
    expect(await phone.text()).toContain(ERROR_TEXTS.ENV_UNSET)
    await phone.open()
    await saveTrip(phone)
    expect(await phone.text()).toContain(ERROR_TEXTS.ENV_UNSET)
    expect(await phone.calls()).toEqual([])
  })

  it('says nothing of the kind when ext.json names the cloud env', async () => {
    const phone = await atHome(app.project)
    expect(await phone.evaluate(({ wx }) => wx.getExtConfigSync().cloudEnv)).not.toBe('')
    expect(await phone.text()).not.toContain(ERROR_TEXTS.ENV_UNSET)
    await saveTrip(phone)
    expect(await phone.page()).toBe(LOGIN_PAGE)
  })

  it('says that WeChat is too old', async () => {
    const phone = await atHome(app.project)
    await phone.replaceApi('cloud', 'absent')
    await phone.open()
    expect(await phone.text()).toContain(ERROR_TEXTS.WECHAT_OLD)
  })
})

it.each(LANGUAGES)('login-endings.md says what the code says: %s', async (language) => {
  await expect(loginEndingsPage(language)).toMatchFileSnapshot(
    projectPath(`${FOLDERS_BY_LANGUAGE[language]}/login-endings.md`),
  )
})
