import { describe, expect, it } from 'vitest'
import { PATIENT, PICTURE, useFixture } from './use-fixture.ts'

describe.each(['browser', 'simulator'] as const)('the phone in the %s', (phoneKind) => {
  const fixture = useFixture(phoneKind)

  it('a picture is chosen as the avatar, or none', async () => {
    const { phone } = fixture.project
    await phone.open('/pages/phone/phone')
    await phone.tap('换头像')
    await phone.chooseAvatar(PICTURE)
    await phone.see('头像 png')
    const avatar = await phone.picture('.avatar')
    expect(avatar).toMatch(/^http:\/\/tmp\//)
    await phone.tap('换头像')
    await phone.tap('取消')
    expect(await phone.picture('.avatar')).toBe(avatar)
    fixture.project.patience.timeoutMilliseconds = 100
    await expect(phone.chooseAvatar(PICTURE)).rejects.toThrow('no dialog')
    fixture.project.patience.timeoutMilliseconds = PATIENT
  })

  it('WeChat withholds the phone number without asking', async () => {
    const { phone } = fixture.project
    await phone.open('/pages/phone/phone')
    // The browser's phone asks for consent to the privacy guide first, once.
    await phone.tap('绑定手机号')
    await phone.allowNumber()
    await phone.see('getPhoneNumber:ok')
    for (const [reason, message] of [
      ['no-permission', 'getPhoneNumber:fail no permission'],
      ['out-of-quota', 'getPhoneNumber:fail jsapi has no quota'],
    ] as const) {
      await phone.withholdNumber(reason)
      await phone.tap('绑定手机号')
      await phone.see(message)
    }
    await phone.withholdNumber(undefined)
    await phone.tap('绑定手机号')
    await phone.allowNumber()
    await phone.see('getPhoneNumber:ok')
  })

  it('what an older version stored is there, and all of it can be read', async () => {
    const { phone } = fixture.project
    await phone.open('/pages/phone/phone')
    await phone.see('不是会员')
    await phone.store('member', '老会员')
    await phone.open('/pages/phone/phone')
    await phone.see('老会员')
    expect(await phone.storage()).toEqual({ member: '老会员' })
  })

  it('it is there when the mini-program is opened for the first time', async () => {
    const { phone, phones } = fixture.project
    await phone.store('member', '老会员')
    await expect(phone.text()).rejects.toThrow(/phone\.open\(\)|has not loaded/)
    expect([await phone.storage(), await phone.storage('member')]).toEqual([{ member: '老会员' }, '老会员'])
    const other = await phones.of('oOther')
    expect(await other.storage()).toEqual({})
    await other.store('member', '新会员')
    await phone.open('/pages/phone/phone')
    await phone.see('老会员')
    await other.open('/pages/phone/phone')
    await other.see('新会员')
  })

  it('another device of the same person has a storage of its own', async () => {
    const { phone, phones } = fixture.project
    await phone.store('member', '老会员')
    const other = await phones.of(phone.openid, { device: '2' })
    expect(other.openid).toBe(phone.openid)
    expect(await phones.of(phone.openid, { device: '2' })).toBe(other)
    for (const device of [other, phone]) await device.open('/pages/phone/phone')
    await phone.see('老会员')
    await other.see('不是会员')
    expect(await other.storage()).toEqual({})
    await other.store('member', '新会员')
    expect(await phone.storage()).toEqual({ member: '老会员' })
    await fixture.project.reset()
    await other.open('/pages/phone/phone')
    await other.see('不是会员')
  })

  it('an interface of WeChat’s fails, is absent, and works again', async () => {
    const { phone } = fixture.project
    await phone.open('/pages/phone/phone')
    await phone.replaceApi('setClipboardData', { fail: { errMsg: 'setClipboardData:fail api scope' } })
    await phone.tap('.copy')
    await phone.see('fail api scope')
    expect(await phone.isDisabled('.copy')).toBe(false)
    await phone.restoreApi('setClipboardData')
    await phone.tap('.copy')
    await phone.see('已复制')
    expect(await phone.clipboard()).toBe('0571')
    await phone.replaceApi('setClipboardData', 'absent')
    await phone.tap('.copy')
    await phone.see('微信太旧了')
    expect(await phone.isDisabled('.copy')).toBe(true)
    await phone.restoreApi('setClipboardData')
    await phone.replaceApi('getStorageSync', { throws: 'broken' })
    await phone.open('/pages/phone/phone')
    await phone.see('存储坏了')
    await phone.tap('.copy')
    await phone.see('已复制')
  })

  it('the phone’s clock is wrong', async () => {
    const { phone, clock } = fixture.project
    await phone.open('/pages/phone/phone')
    await phone.setClock('-40 days')
    await phone.open('/pages/phone/phone')
    await clock.advance('1 day')
    await phone.tap('几号了')
    await phone.see(new Date(clock.now().getTime() - 40 * 86_400_000).toISOString().slice(0, 10))
  })

  it('a countdown goes on while time passes', async () => {
    const { phone, clock } = fixture.project
    await phone.open('/pages/desk/desk')
    await phone.tap('等茶')
    await clock.advance('30 s')
    expect(await phone.texts('.notice')).toEqual([expect.stringMatching(/^还有 (30|29) 秒$/)])
    await clock.advance('31 s')
    expect(await phone.texts('.notice')).toEqual(['茶好了'])
  })

  it('the mini-program goes into the background and comes back', async () => {
    const { phone } = fixture.project
    await phone.open('/pages/phone/phone')
    await phone.hide()
    await phone.show()
    await phone.see('离开过 1 次')
  })
})
