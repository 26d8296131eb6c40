import { describe, expect, it } from 'vitest'
import { useTestUsers } from './phone-user.ts'
import { ERROR_TEXTS } from './texts.ts'

const newTestUser = useTestUsers({ PHONE_BUDGET_PER_DAY: '0' })
const text = ERROR_TEXTS.PHONE_BUDGET_SPENT

describe('the login page past the day’s budget of phone authorizations', () => {
  it('shows no phone button to a person who wants to save, and lets them browse on', async () => {
    const { phone, save } = await opened()
    await save()
    expect(phone.route).toBe('login')
    expect(phone.text).toContain(text)
    expect(phone.find('.before-consent')).toBeUndefined()
    phone.tap('.consent >>> .box')
    await phone.settle()
    expect(phone.find('.main-button')).toBeUndefined()
    phone.tap('.later')
    await phone.settle()
    expect(phone.route).toBe('index')
  })

  it('asks the cloud before the tap, and removes the button', async () => {
    const { phone, openLoginPage } = await opened()
    await openLoginPage()
    expect(phone.find('.before-consent')).toBeDefined()
    phone.tap('.consent >>> .box')
    await phone.settle()
    expect(phone.text).toContain(text)
    expect(phone.find('.main-button')).toBeUndefined()
  })

  it('closes the sheet with the button', async () => {
    const { phone, openLoginPage } = await opened()
    await openLoginPage()
    phone.tap('.before-consent')
    await phone.settle()
    expect(phone.find('.sheet')).toBeUndefined()
    expect(phone.text).toContain(text)
  })

  it('shows the text to a person who taps before the answer, and asks for no second authorization', async () => {
    const { phone, openLoginPage, allow } = await opened()
    await openLoginPage()
    // The tap comes before the silent login is answered.
    await allow()
    expect(phone.text).toContain(text)
    expect(phone.find('.main-button')).toBeUndefined()
    const calls = phone.callsOf('login').filter(({ data }) => 'phoneCode' in data)
    expect(calls).toHaveLength(1)
  })
})

async function opened() {
  const testUser = await newTestUser()
  const { phone } = testUser
  return {
    phone,
    save: () => testUser.save(),
    allow: () => testUser.allow(),
    /** Without the silent login that precedes a guarded action. */
    openLoginPage: async () => {
      await phone.launch('account/pages/login/login')
      await phone.settle()
    },
  }
}
