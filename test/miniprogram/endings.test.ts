import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { REASONS } from '../../cloudfunctions/shared/reasons.ts'
import type { Reason } from '../../contract/reason.ts'
import { type Ending, NEXT_STEPS, type NextStep, viewOf } from '../../miniprogram/utils/endings.ts'
import { type PhoneEnding, readPhoneAnswer } from '../../miniprogram/utils/phone-answer.ts'
import { ENDING_TEXTS } from '../../miniprogram/utils/texts.ts'
import { removeCompiled } from './compiled.ts'
import { offline } from './deliver.ts'
import { Phone } from './phone.ts'

const phones: Phone[] = []
afterEach(() => {
  for (const phone of phones.splice(0)) phone.switchOff()
})
afterAll(removeCompiled)

const PHONE_OK = { code: 'code', errMsg: 'getPhoneNumber:ok' }

const PHONE_DETAILS: { [Key in PhoneEnding]: object[] } = {
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

/** On the login page, the box ticked, with a cloud that answers so. */
async function atTheButton(deliver: Phone['deliver']): Promise<Phone> {
  const phone = new Phone(deliver)
  phones.push(phone)
  await phone.launch('pages/login/login')
  phone.tap('.consent >>> .box')
  return phone
}

/** The user reads the ending's own text, has its next step at hand, and can go on browsing. */
async function expectEnding(phone: Phone, ending: Ending): Promise<void> {
  expect(phone.route).toBe('login')
  expect(phone.text).toContain(ENDING_TEXTS[ending])
  const { nextStep } = viewOf(ending)
  expect(phone.find('.notice >>> .action') !== undefined).toBe(nextStep === 'retry')
  expect(phone.find('.sheet') !== undefined).toBe(nextStep === 'consent')
  expect(phone.attribute(phone.phoneButton, 'disabled')).toBe(false)
  phone.tap('.later')
  await phone.settle()
  expect(phone.route).toBe('index')
  expect(phone.text).toContain('想去哪里')
}

describe('the phone button', () => {
  const cases = Object.entries(PHONE_DETAILS).flatMap(([ending, details]) =>
    details.map((detail) => [ending as PhoneEnding, detail] as const),
  )
  it.each(cases)('ends with %s for %j', (ending, detail) => {
    expect(readPhoneAnswer(detail)).toEqual({ ending })
  })

  it.each(Object.keys(PHONE_DETAILS) as PhoneEnding[])(
    'shows %s, calls nobody, blocks nothing',
    async (ending) => {
      const phone = await atTheButton(() => Promise.reject(new Error('no call was expected')))
      phone.tapPhoneButton(PHONE_DETAILS[ending][0] ?? {})
      await phone.settle()
      expect(phone.calls).toEqual([])
      await expectEnding(phone, ending)
    },
  )
})

describe('the cloud', () => {
  it.each(reasons)('shows %s, blocks nothing', async (reason) => {
    const refusal = { code: 400, reason, message: '', requestId: 'r' }
    const phone = await atTheButton(async () => ({ result: refusal }))
    phone.tapPhoneButton(PHONE_OK)
    await phone.settle()
    await expectEnding(phone, reason)
  })

  it.each([
    ['OFFLINE', offline],
    [
      'NOT_DEPLOYED',
      () => Promise.reject({ errCode: -501000, errMsg: 'FunctionName parameter could not be found' }),
    ],
    ['BROKEN_ANSWER', async () => ({ result: '<html>' })],
    ['BROKEN_ANSWER', async () => ({ result: undefined })],
    ['BROKEN_ANSWER', async () => ({ result: { code: 418 } })],
    ['BROKEN_ANSWER', async () => ({ result: { code: 200, message: '' } })],
    ['BROKEN_ANSWER', async () => ({ result: { code: 400, reason: 'A_NEWER_REASON', message: '' } })],
  ] as const)('shows %s, blocks nothing', async (ending, deliver) => {
    const phone = await atTheButton(deliver)
    phone.tapPhoneButton(PHONE_OK)
    await phone.settle()
    await expectEnding(phone, ending)
  })

  it('shows SLOW for a call that hangs', async () => {
    const phone = await atTheButton(() => new Promise(() => {}))
    phone.clock.isHurried = true
    phone.tapPhoneButton(PHONE_OK)
    await phone.until(() => phone.text.includes(ENDING_TEXTS.SLOW))
    expect(phone.attribute(phone.phoneButton, 'disabled')).toBe(false)
  })
})

describe('an app that is not set up, or cannot be', () => {
  it('says on the first screen and on the login page that there is no cloud env, and what to do', async () => {
    const phone = new Phone(() => Promise.reject(new Error('no call was expected')), { cloudEnv: '' })
    phones.push(phone)
    await phone.launch()
    expect(phone.text).toContain(ENDING_TEXTS.ENV_UNSET)
    await phone.launch('pages/login/login')
    expect(phone.text).toContain(ENDING_TEXTS.ENV_UNSET)
    await phone.launch()
    phone.type('.city', '大理')
    phone.tap('.save')
    await phone.settle()
    expect(phone.text).toContain(ENDING_TEXTS.ENV_UNSET)
    expect(phone.calls).toEqual([])
  })

  it('says nothing of the kind when ext.json names the cloud env', async () => {
    const phone = new Phone(offline, { cloudEnv: '' })
    phones.push(phone)
    const initialized: unknown[] = []
    Object.assign(phone.wx, { getExtConfigSync: () => ({ cloudEnv: 'from-ext' }) })
    Object.assign(phone.wx['cloud'] as object, { init: (options: unknown) => initialized.push(options) })
    await phone.launch()
    expect(phone.text).not.toContain(ENDING_TEXTS.ENV_UNSET)
    expect(initialized).toMatchObject([{ env: 'from-ext' }])
  })

  it('says that WeChat is too old', async () => {
    const phone = new Phone(() => Promise.reject(new Error('no call was expected')))
    phones.push(phone)
    delete phone.wx['cloud']
    await phone.launch()
    expect(phone.text).toContain(ENDING_TEXTS.WECHAT_OLD)
  })
})

const STEPS: { [Key in NextStep]: string } = {
  tapAgain: 'the login button, for a new try',
  retry: '再试一次: the same login goes on, without a new phone authorization',
  consent: 'the sheet with 同意并登录',
  browse: 'nothing to tap: the text says who can help',
}

it('docs/login-endings.md says what the code says', async () => {
  const rows = (Object.keys(NEXT_STEPS) as Ending[]).map(
    (ending) => `| \`${ending}\` | ${ENDING_TEXTS[ending]} | ${STEPS[viewOf(ending).nextStep]} |`,
  )
  const page = [
    '# How a login can end',
    '',
    'Every way a login can end other than logged in, what the user then reads on the login page, and what is put into',
    'their hand. 暂不登录 and browsing on are always possible. The table is held to `miniprogram/utils/texts.ts` and',
    '`miniprogram/utils/endings.ts` by `test/miniprogram/endings.test.ts`; `npx vitest run endings -u` writes it anew.',
    '',
    'The first nine come from the phone button, the next eight are found by the app itself, the rest are the reasons of',
    '`contract/reason.ts` that a cloud function may answer.',
    '',
    '| ending | what the user reads | next step |',
    '|---|---|---|',
    ...rows,
    '',
  ]
  await expect(page.join('\n')).toMatchFileSnapshot('../../docs/login-endings.md')
})
