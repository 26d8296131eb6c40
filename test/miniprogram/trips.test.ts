import { describe, expect, it } from 'vitest'
import type { Phone } from 'wechat-cloud-emulator/testing'
import { useProject } from '../support/use-project.ts'
import type { Stored } from './app-state.ts'
import { CITY, logInAtHome, saveTrip } from './log-in.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

const app = useProject()

const documents = () => app.project.cloud.collection('trips').documents()

/** On the trips page, with one trip. */
async function withTrip(): Promise<Phone> {
  const { phone } = app.project
  await logInAtHome(phone)
  await phone.tap('.link')
  return phone
}

/** Takes the first one off the screen. */
function remove(phone: Phone): Promise<void> {
  return phone.tap({ selector: '.remove', nth: 0 })
}

/** Puts documents into the collection as if saved before. */
async function saveMany(count: number): Promise<void> {
  const { cloud } = app.project
  const [user] = await cloud.collection('users').documents()
  const { _id: userId, createdAt: since } = user as { _id: string; createdAt: Date }
  const trips = Array.from({ length: count }, (_, index) => ({
    _id: `${userId}.number-${index}`,
    userId,
    city: `城${index}`,
    days: 2,
    createdAt: new Date(since.getTime() + index + 1),
  }))
  await cloud.collection('trips').put(...trips)
}

describe('removing a trip', () => {
  it('takes it off the screen at once, and deletes it when the page is left', async () => {
    const phone = await withTrip()
    await remove(phone)
    await phone.see(TEXTS.trips.empty)
    await phone.see(`${TEXTS.trips.removed} ${CITY}`)
    expect(await documents()).toHaveLength(1)
    await phone.back()
    expect(await documents()).toEqual([])
  })

  it('can be undone, without a network too: the same documents stay, in their order', async () => {
    const { phone } = app.project
    await logInAtHome(phone)
    await saveMany(2)
    await phone.tap('.link')
    const [before, saved] = [await phone.text(), await documents()]
    await phone.goOffline()
    await remove(phone)
    await remove(phone)
    expect(await phone.count('.trip')).toBe(1)
    await phone.tap(TEXTS.undoBar.undo)
    expect(await phone.text()).toBe(before)
    await phone.goOnline()
    await phone.back()
    expect(await documents()).toEqual(saved)
  })

  it('is not undone by loading the list again', async () => {
    const phone = await withTrip()
    await remove(phone)
    await phone.pullDown()
    await phone.see(TEXTS.trips.empty)
    await phone.see(TEXTS.undoBar.undo)
  })

  it('that fails brings it back, with the reason', async () => {
    const phone = await withTrip()
    await phone.goOffline()
    await remove(phone)
    await phone.back()
    expect((await phone.dialog()).text).toMatch(new RegExp(`${CITY}[^]*${ERROR_TEXTS.OFFLINE}`))
    await phone.tap(TEXTS.undoBar.dismiss)
    await phone.goOnline()
    await phone.tap('.link')
    expect(await phone.count('.trip')).toBe(1)
  })

  it('succeeds although the answer is lost', async () => {
    const phone = await withTrip()
    await app.project.faults.loseAnswer('trips', { times: 1 })
    await remove(phone)
    await phone.back()
    expect(await documents()).toEqual([])
    await phone.tap('.link')
    await phone.see(TEXTS.trips.empty)
  })

  it('loads the next page when the first is empty', async () => {
    const { phone } = app.project
    await logInAtHome(phone)
    await saveMany(20)
    await phone.tap('.link')
    expect(await phone.count('.trip')).toBe(20)
    for (let left = 20; left > 0; left--) await remove(phone)
    expect(await phone.count('.trip')).toBe(1)
    await phone.back()
    expect(await documents()).toHaveLength(1)
  })
})

it('a full account is shown the limit, and may save again after removing a trip', async () => {
  const { phone, cloud } = app.project
  await logInAtHome(phone)
  await saveMany(199)
  await saveTrip(phone)
  await phone.see(ERROR_TEXTS.LIMIT_REACHED)
  const { login } = (await phone.storage('login')) as Stored
  const [trip] = await documents()
  const removal = { token: login?.token, action: 'remove', id: trip?.['_id'] }
  expect(await cloud.call('trips', removal, { as: phone.openid })).toMatchObject({ code: 200 })
  await saveTrip(phone)
  expect(await phone.toast()).toBe(TEXTS.home.saved)
})
