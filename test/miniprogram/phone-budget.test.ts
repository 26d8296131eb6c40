import { describe, expect, it } from 'vitest'
import { useTestUsers } from './phone-user.ts'
import { ERROR_TEXTS } from './texts.ts'

const newTestUser = useTestUsers({ PHONE_BUDGET_PER_DAY: '0' })
const text = ERROR_TEXTS.PHONE_BUDGET_SPENT

describe('the login page past the day’s budget of phone authorizations', () => {
  it('shows no phone button to a person who wants to save, and lets them browse on', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.save()
    expect(phone.route).toBe('login')
    expect(phone.text).toContain(text)
    expect(phone.find('.main-button')).toBeUndefined()
    phone.tap('.later')
    await phone.settle()
    expect(phone.route).toBe('index')
  })

  it('asks the cloud before it shows the button, where it was opened by itself', async () => {
    const { phone } = await newTestUser()
    await phone.launch('account/pages/login/login')
    await phone.settle()
    expect(phone.find('.main-button')).toBeUndefined()
    phone.tap('.one-tap')
    await phone.settle()
    expect(phone.text).toContain(text)
    expect(phone.find('.main-button')).toBeUndefined()
  })

  it('shows the text to a person whose button was shown earlier, and asks for no second authorization', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    const { deliver } = phone
    // The budget was not spent yet when the page opened.
    phone.deliver = async () => ({
      result: { code: 403, reason: 'PHONE_REQUIRED', message: '', requestId: 'r' },
    })
    await testUser.save()
    phone.deliver = deliver
    await testUser.allow()
    expect(phone.text).toContain(text)
    expect(phone.find('.main-button')).toBeUndefined()
    expect(phone.callsOf('login').filter(({ data }) => 'phoneCode' in data)).toHaveLength(1)
  })
})
