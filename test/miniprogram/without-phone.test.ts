import { describe, expect, it } from 'vitest'
import { useProject } from '../support/use-project.ts'
import { CONSENT_LINE, saveTrip } from './log-in.ts'
import { HOME_PAGE, LOGIN_PAGE, logOut, PHONE_BUTTON, tripDocuments, userDocument } from './own-account.ts'
import { TEXTS } from './texts.ts'

const WITHOUT_PHONE = '.without-phone'

/** The functions alone set up as for a personal mini-program. */
const functionsAlone = useProject({ variables: { PHONE_REQUIRED: 'false' } })
/** Both sides set up so. */
const app = useProject({ variables: { PHONE_REQUIRED: 'false' }, config: { phoneRequired: false } })

describe('login without a number', () => {
  it('is offered only if configured', async () => {
    const { phone } = functionsAlone.project
    await phone.open()
    await saveTrip(phone)
    expect(await phone.page()).toContain(LOGIN_PAGE)
    expect(await phone.count(WITHOUT_PHONE)).toBe(0)
  })

  it('is offered if the phone button has no permission', async () => {
    const { phone } = app.project
    await phone.open()
    await phone.withholdNumber('no-permission')
    await saveTrip(phone)
    await phone.tap(PHONE_BUTTON)
    await phone.see('请选择“不提供手机号，同意并登录”')
    expect(await phone.count(PHONE_BUTTON)).toBe(0)
    await phone.tap(WITHOUT_PHONE)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await tripDocuments(app.project)).toHaveLength(1)
    expect(await userDocument(app.project)).toMatchObject({ phoneMasked: '' })
  })

  it('is the consent, as the button says, beside the two documents', async () => {
    const { phone } = app.project
    await phone.open()
    await saveTrip(phone)
    await phone.see(CONSENT_LINE)
    await phone.see('不提供手机号，同意并登录')
    expect(await userDocument(app.project)).toBeUndefined()
    await phone.tap(WITHOUT_PHONE)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await userDocument(app.project)).toMatchObject({ consent: { version: '2026-11-28' } })
  })

  it('is silent afterwards, and one tap after logging out', async () => {
    const { phone } = app.project
    await phone.open()
    await saveTrip(phone)
    await phone.tap(WITHOUT_PHONE)
    expect(await phone.toast()).toBe(TEXTS.login.welcome)
    expect(await phone.toast()).toBe(TEXTS.home.saved)
    await logOut(phone)
    await phone.tap('.login')
    expect(await phone.page()).toBe('account/pages/account/account')
    await phone.see('未绑定手机号')
  })
})
