import { describe, expect, it } from 'vitest'
import { deriveKeys } from '../../cloudfunctions/shared/crypto/keys.ts'
import { readSecrets } from '../../cloudfunctions/shared/crypto/secrets.ts'
import { fieldNames } from '../../cloudfunctions/shared/import/field-names.ts'
import { toImportedUser } from '../../cloudfunctions/shared/import/imported-user.ts'
import { readOldUser } from '../../cloudfunctions/shared/import/old-user.ts'
import { type PhoneUser, useTestUsers } from './phone-user.ts'

const newTestUser = useTestUsers()
const NUMBER = '13912345678'
const MASKED = '139****5678'

/** Somebody whom an earlier version of the app knew; their phone has nothing of this one. */
async function importedUser(change: object = {}): Promise<PhoneUser> {
  const testUser = await newTestUser()
  const { kit, openid } = testUser
  const old = { _id: 'c0ffee', _openid: openid, mobile: NUMBER, nickName: '老用户', ...change }
  const read = readOldUser(old, fieldNames())
  if ('unreadable' in read) throw new Error(read.unreadable)
  const keys = deriveKeys(readSecrets(kit.variables))
  const target = { keys, appid: kit.cloud.appid, fallbackTime: new Date(0) }
  kit.cloud.database.putDocument('users', { ...toImportedUser(read.user, ['c0ffee'], target) })
  return testUser
}

const paidCalls = ({ phone }: PhoneUser) => phone.callsOf('login').filter(({ data }) => 'phoneCode' in data)

describe('an imported person', () => {
  it('logs in by agreeing, without a phone authorization, and sees the masked number', async () => {
    const testUser = await importedUser()
    const { phone } = testUser
    await testUser.save()
    expect(phone.route).toBe('login')
    expect(phone.text).toContain('你已有账号，同意协议后即可登录')
    expect(phone.find('.main-button')).toBeUndefined()
    expect(phone.text).toContain('同意并登录')
    expect(phone.callsOf('login').filter(({ data }) => 'consent' in data)).toEqual([])
    phone.tap('.one-tap')
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(testUser.tripDocuments).toHaveLength(1)
    expect(testUser.userDocument).toMatchObject({ consent: { version: '2026-11-28' } })
    expect(testUser.userDocument).not.toHaveProperty('phoneVerifiedAt')
    phone.tap('.account')
    await phone.settle()
    for (const text of [MASKED, '老用户']) expect(phone.text).toContain(text)
    expect(paidCalls(testUser)).toEqual([])
    await phone.launch()
    await testUser.save()
    expect(testUser.tripDocuments).toHaveLength(2)
  })

  it('is not asked for the number by a login page that was opened by itself', async () => {
    const testUser = await importedUser()
    const { phone } = testUser
    await phone.launch('account/pages/login/login')
    await phone.settle()
    expect(phone.callsOf('login')).toEqual([])
    expect(phone.find('.main-button')).toBeUndefined()
    phone.tap('.one-tap')
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(testUser.userDocument?.['sessions']).toHaveLength(1)
    expect(paidCalls(testUser)).toEqual([])
  })

  it('may authorize a number instead, which is verified then', async () => {
    const testUser = await importedUser()
    const { phone } = testUser
    await testUser.save()
    phone.tap('.other-number')
    await testUser.allow(NUMBER)
    expect(phone.route).toBe('index')
    expect(testUser.userDocument).toMatchObject({ phoneVerifiedAt: expect.any(Date), phoneMasked: MASKED })
  })

  it('without a number authorizes one, and keeps nickname and account', async () => {
    const testUser = await importedUser({ mobile: '' })
    const before = testUser.userDocument
    await testUser.save()
    expect(testUser.phone.find('.one-tap')).toBeUndefined()
    await testUser.allow(NUMBER)
    expect(testUser.userDocument).toMatchObject({
      _id: before?.['_id'],
      nickname: '老用户',
      phoneMasked: MASKED,
    })
  })
})
