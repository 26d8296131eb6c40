import { describe, expect, it } from 'vitest'
import type { Phone } from 'wechat-cloud-emulator/testing'
import { deriveKeys } from '../../cloudfunctions/shared/crypto/keys.ts'
import { readSecrets } from '../../cloudfunctions/shared/crypto/secrets.ts'
import { fieldNames } from '../../cloudfunctions/shared/import/field-names.ts'
import { toImportedUser } from '../../cloudfunctions/shared/import/imported-user.ts'
import { readOldUser } from '../../cloudfunctions/shared/import/old-user.ts'
import { useProject } from '../support/use-project.ts'
import { saveTrip } from './log-in.ts'
import {
  allow,
  callsDuring,
  HOME_PAGE,
  LOGIN_PAGE,
  PHONE_BUTTON,
  tripDocuments,
  userDocument,
} from './own-account.ts'

const app = useProject()
const NUMBER = '13912345678'
const MASKED = '139****5678'

/** Somebody whom an earlier version of the app knew; their phone has nothing of this one, and is not opened yet. */
async function importedUser(change: object = {}): Promise<Phone> {
  const { phone, cloud } = app.project
  const old = { _id: 'c0ffee', _openid: phone.openid, mobile: NUMBER, nickName: '老用户', ...change }
  const read = readOldUser(old, fieldNames())
  if ('unreadable' in read) throw new Error(read.unreadable)
  const keys = deriveKeys(readSecrets(app.variables))
  const target = { keys, appid: cloud.cloud.appid, fallbackTime: new Date(0) }
  await cloud.collection('users').put({ ...toImportedUser(read.user, ['c0ffee'], target) })
  return phone
}

describe('an imported person', () => {
  it('logs in by agreeing, without a phone authorization, and sees the masked number', async () => {
    const phone = await importedUser()
    await phone.open()
    const calls = await callsDuring(phone, async () => {
      await saveTrip(phone)
      expect(await phone.page()).toContain(LOGIN_PAGE)
      await phone.see('你已有账号，同意协议后即可登录')
      await phone.see('同意并登录')
      expect(await phone.count(PHONE_BUTTON)).toBe(0)
      expect(await userDocument(app.project)).toMatchObject({ consent: { version: '' } })
      await phone.tap('.one-tap')
    })
    expect(calls.filter(({ data }) => 'phoneCode' in data)).toEqual([])
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await tripDocuments(app.project)).toHaveLength(1)
    expect(await userDocument(app.project)).toMatchObject({ consent: { version: '2026-11-28' } })
    expect(await userDocument(app.project)).not.toHaveProperty('phoneVerifiedAt')
    await phone.tap('.account')
    for (const shown of [MASKED, '老用户']) await phone.see(shown)
    await phone.open()
    await saveTrip(phone)
    expect(await tripDocuments(app.project)).toHaveLength(2)
  })

  it('is not asked for the number by a login page that was opened by itself', async () => {
    const phone = await importedUser()
    expect(await callsDuring(phone, () => phone.open(LOGIN_PAGE))).toEqual([])
    expect(await phone.count(PHONE_BUTTON)).toBe(0)
    const calls = await callsDuring(phone, () => phone.tap('.one-tap'))
    expect(await phone.page()).toBe(HOME_PAGE)
    expect((await userDocument(app.project))?.['sessions']).toHaveLength(1)
    expect(calls.filter(({ data }) => 'phoneCode' in data)).toEqual([])
  })

  it('may authorize a number instead, which is verified then', async () => {
    const phone = await importedUser()
    await phone.open()
    await saveTrip(phone)
    await phone.tap('.other-number')
    await allow(app.project, NUMBER)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await userDocument(app.project)).toMatchObject({
      phoneVerifiedAt: expect.any(Date),
      phoneMasked: MASKED,
    })
  })

  it('without a number authorizes one, and keeps nickname and account', async () => {
    const phone = await importedUser({ mobile: '' })
    const before = await userDocument(app.project)
    await phone.open()
    await saveTrip(phone)
    expect(await phone.count('.one-tap')).toBe(0)
    await allow(app.project, NUMBER)
    expect(await userDocument(app.project)).toMatchObject({
      _id: before?.['_id'],
      nickname: '老用户',
      phoneMasked: MASKED,
    })
  })
})
