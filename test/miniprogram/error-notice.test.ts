import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { offline } from 'wechat-cloud-emulator/testing/simulator'
import { REASONS } from '../../cloudfunctions/shared/core/reasons.ts'
import type { Reason } from '../../contract/reason.ts'
import { type ErrorCode, toNotice } from '../../miniprogram/account/utils/error-notice.ts'
import { type PhoneErrorCode, readPhoneAnswer } from '../../miniprogram/account/utils/phone-answer.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { FOLDERS_BY_LANGUAGE, LANGUAGES } from '../documents/languages.ts'
import { loginEndingsPage } from './login-endings.ts'
import { removeCompiled } from './phone/compiled.ts'
import { Phone } from './phone/phone.ts'
import { ERROR_TEXTS } from './texts.ts'

const phones: Phone[] = []
afterEach(() => {
  for (const phone of phones.splice(0)) phone.switchOff()
})
afterAll(removeCompiled)

const PHONE_OK = { code: 'code', errMsg: 'getPhoneNumber:ok' }

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

/** On the login page of somebody unknown, with a cloud that answers so from then on. */
async function atTheButton(deliver: Phone['deliver']): Promise<Phone> {
  const refusal = { code: 403, reason: 'PHONE_REQUIRED', message: '', requestId: 'r' }
  const phone = new Phone(async () => ({ result: refusal }))
  phones.push(phone)
  await phone.launch()
  phone.tap('.account')
  await phone.settle()
  phone.deliver = deliver
  return phone
}

/** The user reads the text of the error code, has its next step at hand, and can go on browsing. */
async function expectNotice(phone: Phone, code: ErrorCode): Promise<void> {
  expect(phone.route).toBe('login')
  expect(phone.text).toContain(ERROR_TEXTS[code])
  const { nextStep } = toNotice(code)
  expect(phone.find('.notice >>> .action') !== undefined).toBe(nextStep === 'retry')
  // No login would use another authorization.
  if (code === 'PHONE_BUDGET_SPENT') expect(phone.find('.main-button')).toBeUndefined()
  else expect(phone.attribute(phone.phoneButton, 'disabled')).toBe(false)
  if (nextStep === 'consent') expect(phone.attribute('.main-button', 'label')).toBe('同意并登录')
  phone.tap('.later')
  await phone.settle()
  expect(phone.route).toBe('index')
  expect(phone.text).toContain('想去哪里')
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
      const phone = await atTheButton(() => Promise.reject(new Error('no call is answered')))
      const before = phone.calls.length
      phone.tapPhoneButton(PHONE_DETAILS[code][0] ?? {})
      await phone.settle()
      expect(phone.calls).toHaveLength(before)
      await expectNotice(phone, code)
    },
  )
})

describe('the cloud', () => {
  it.each(reasons)('shows %s, blocks nothing', async (reason) => {
    const refusal = { code: 400, reason, message: '', requestId: 'r' }
    const phone = await atTheButton(async () => ({ result: refusal }))
    phone.tapPhoneButton(PHONE_OK)
    await phone.settle()
    await expectNotice(phone, reason)
  })

  it.each([
    ['OFFLINE', offline],
    [
      'NOT_DEPLOYED',
      () => Promise.reject({ errCode: -501000, errMsg: 'FunctionName parameter could not be found' }),
    ],
    ['INVALID_RESPONSE', async () => ({ result: '<html>' })],
    ['INVALID_RESPONSE', async () => ({ result: undefined })],
    ['INVALID_RESPONSE', async () => ({ result: { code: 418 } })],
    ['INVALID_RESPONSE', async () => ({ result: { code: 200, message: '' } })],
    ['INVALID_RESPONSE', async () => ({ result: { code: 400, reason: 'A_NEWER_REASON', message: '' } })],
  ] as const)('shows %s, blocks nothing', async (code, deliver) => {
    const phone = await atTheButton(deliver)
    phone.tapPhoneButton(PHONE_OK)
    await phone.settle()
    await expectNotice(phone, code)
  })

  it('shows SLOW for a call that hangs', async () => {
    const phone = await atTheButton(() => new Promise(() => {}))
    phone.clock.isHurried = true
    phone.tapPhoneButton(PHONE_OK)
    await phone.until(() => phone.text.includes(ERROR_TEXTS.SLOW))
    expect(phone.attribute(phone.phoneButton, 'disabled')).toBe(false)
  })
})

describe('an app that is not set up, or cannot be', () => {
  it('says on the first screen and on the login page that there is no cloud env, and what to do', async () => {
    const phone = new Phone(() => Promise.reject(new Error('no call was expected')), { cloudEnv: '' })
    phones.push(phone)
    await phone.launch()
    expect(phone.text).toContain(ERROR_TEXTS.ENV_UNSET)
    await phone.launch('account/pages/login/login')
    expect(phone.text).toContain(ERROR_TEXTS.ENV_UNSET)
    await phone.launch()
    phone.type('.city', '大理')
    phone.tap('.save')
    await phone.settle()
    expect(phone.text).toContain(ERROR_TEXTS.ENV_UNSET)
    expect(phone.calls).toEqual([])
  })

  it('says nothing of the kind when ext.json names the cloud env', async () => {
    const phone = new Phone(offline, { cloudEnv: '' })
    phones.push(phone)
    const initialized: unknown[] = []
    Object.assign(phone.wx, { getExtConfigSync: () => ({ cloudEnv: 'from-ext' }) })
    Object.assign(phone.wx['cloud'] as object, { init: (options: unknown) => initialized.push(options) })
    await phone.launch()
    expect(phone.text).not.toContain(ERROR_TEXTS.ENV_UNSET)
    expect(initialized).toMatchObject([{ env: 'from-ext' }])
  })

  it('says that WeChat is too old', async () => {
    const phone = new Phone(() => Promise.reject(new Error('no call was expected')))
    phones.push(phone)
    delete phone.wx['cloud']
    await phone.launch()
    expect(phone.text).toContain(ERROR_TEXTS.WECHAT_OLD)
  })
})

it.each(LANGUAGES)('login-endings.md says what the code says: %s', async (language) => {
  await expect(loginEndingsPage(language)).toMatchFileSnapshot(
    projectPath(`${FOLDERS_BY_LANGUAGE[language]}/login-endings.md`),
  )
})
