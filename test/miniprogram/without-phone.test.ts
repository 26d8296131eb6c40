import { describe, expect, it } from 'vitest'
import { useTestUsers } from './phone-user.ts'

/** Both sides set up as for a personal mini-program, and the app alone so. */
const newTestUser = useTestUsers({ PHONE_REQUIRED: 'false' })

const NO_PERMISSION = { errMsg: 'getPhoneNumber:fail no permission', errno: 102 }

describe('login without a number', () => {
  it('is offered only if configured', async () => {
    const testUser = await newTestUser()
    await testUser.save()
    expect(testUser.phone.find('.without-phone')).toBeUndefined()
  })

  it('is offered if the phone button has no permission', async () => {
    const testUser = await newTestUser({ phoneRequired: false })
    const { phone } = testUser
    await testUser.save()
    phone.tapPhoneButton(NO_PERMISSION)
    await phone.settle()
    expect(phone.text).toContain('请选择“不提供手机号，同意并登录”')
    expect(phone.find('.main-button')).toBeUndefined()
    phone.tap('.without-phone')
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(testUser.tripDocuments).toHaveLength(1)
    expect(testUser.userDocument).toMatchObject({ phoneMasked: '' })
  })

  it('is the consent, as the button says, beside the two documents', async () => {
    const testUser = await newTestUser({ phoneRequired: false })
    const { phone } = testUser
    await testUser.save()
    expect(phone.text).toContain('点击“同意并登录”，即表示已阅读并同意《用户协议》和《隐私政策》')
    expect(phone.text).toContain('不提供手机号，同意并登录')
    expect(testUser.userDocument).toBeUndefined()
    phone.tap('.without-phone')
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(testUser.userDocument).toMatchObject({ consent: { version: '2026-11-28' } })
  })

  it('is silent afterwards, and one tap after logging out', async () => {
    const testUser = await newTestUser({ phoneRequired: false })
    const { phone } = testUser
    await testUser.save()
    phone.tap('.without-phone')
    await phone.settle()
    await testUser.logOut()
    phone.tap('.login')
    await phone.settle()
    expect(phone.route).toBe('account')
    expect(phone.text).toContain('未绑定手机号')
  })
})
