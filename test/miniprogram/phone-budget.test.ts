import { describe, expect, it } from 'vitest'
import { useProject } from '../support/use-project.ts'
import { isPhoneLogin, refusal } from './calls.ts'
import { saveTrip } from './log-in.ts'
import { allow, atHome, HOME_PAGE, LOGIN_PAGE } from './own-account.ts'
import { ERROR_TEXTS } from './texts.ts'

const app = useProject({ variables: { PHONE_BUDGET_PER_DAY: '0' } })
const text = ERROR_TEXTS.PHONE_BUDGET_SPENT
const BUTTON = '.main-button'

describe('the login page past the day’s budget of phone authorizations', () => {
  it('shows no phone button to a person who wants to save, and lets them browse on', async () => {
    const phone = await atHome(app.project)
    await saveTrip(phone)
    expect(await phone.page()).toContain(LOGIN_PAGE)
    expect(await phone.text()).toContain(text)
    expect(await phone.count(BUTTON)).toBe(0)
    await phone.tap('.later')
    expect(await phone.page()).toBe(HOME_PAGE)
  })

  it('asks the cloud before it shows the button, where it was opened by itself', async () => {
    const { phone } = app.project
    await phone.open(LOGIN_PAGE)
    expect(await phone.count(BUTTON)).toBe(0)
    await phone.tap('.one-tap')
    expect(await phone.text()).toContain(text)
    expect(await phone.count(BUTTON)).toBe(0)
  })

  it('shows the text to a person whose button was shown earlier, and asks for no second authorization', async () => {
    const phone = await atHome(app.project)
    // The budget was not spent yet when the page opened.
    await phone.answerCalls('login', () => refusal('PHONE_REQUIRED'), 1)
    await saveTrip(phone)
    await allow(app.project)
    expect(await phone.text()).toContain(text)
    expect(await phone.count(BUTTON)).toBe(0)
    expect((await phone.calls()).filter(isPhoneLogin)).toHaveLength(1)
  })
})
