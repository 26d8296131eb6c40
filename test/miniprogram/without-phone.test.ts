import { describe, expect, it } from 'vitest'
import { useTravellers } from './traveller.ts'

/** Both sides set up as for a personal mini-program, and the app alone so. */
const newTraveller = useTravellers({ PHONE_REQUIRED: 'false' })

const NO_PERMISSION = { errMsg: 'getPhoneNumber:fail no permission', errno: 102 }

describe('login without a number', () => {
  it('is offered only where it is set up', async () => {
    const traveller = await newTraveller()
    await traveller.save()
    expect(traveller.phone.find('.without-phone')).toBeUndefined()
  })

  it('is the way in where the phone button has no permission', async () => {
    const traveller = await newTraveller({ phoneRequired: false })
    const { phone } = traveller
    await traveller.save()
    phone.tap('.consent >>> .box')
    phone.tapPhoneButton(NO_PERMISSION)
    await phone.settle()
    expect(phone.text).toContain('请选择“不提供手机号，直接登录”')
    expect(phone.find('.main-button')).toBeUndefined()
    phone.tap('.without-phone')
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(traveller.tripDocuments).toHaveLength(1)
    expect(traveller.userDocument).toMatchObject({ phoneMasked: '' })
  })

  it('asks for consent like any other way in', async () => {
    const traveller = await newTraveller({ phoneRequired: false })
    const { phone } = traveller
    await traveller.save()
    phone.tap('.without-phone')
    await phone.settle()
    expect(phone.callsOf('login').some(({ data }) => 'withoutPhone' in data)).toBe(false)
    phone.tap('.agree')
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(traveller.userDocument).toMatchObject({ consent: { version: '2026-11-01' } })
  })

  it('is silent afterwards, and one tap after logging out', async () => {
    const traveller = await newTraveller({ phoneRequired: false })
    const { phone } = traveller
    await traveller.save()
    phone.tap('.without-phone')
    phone.tap('.agree')
    await phone.settle()
    await traveller.logOut()
    phone.tap('.login')
    await phone.settle()
    phone.tap('.consent >>> .box')
    phone.tap('.without-phone')
    await phone.settle()
    expect(phone.route).toBe('account')
    expect(phone.text).toContain('未绑定手机号')
  })
})
