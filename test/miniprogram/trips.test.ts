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

async function remove(phone: Phone): Promise<void> {
  await phone.tap({ selector: '.remove', nth: 0 })
  await phone.tap(TEXTS.trips.remove)
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
  it('asks first, then removes that one', async () => {
    const phone = await withTrip()
    await phone.tap('.remove')
    expect((await phone.dialog()).text).toContain(CITY)
    await phone.tap('取消')
    expect(await documents()).toHaveLength(1)
    await remove(phone)
    expect(await documents()).toEqual([])
    await phone.see(TEXTS.trips.empty)
  })

  it('stays on the screen when it fails, and the reason is shown', async () => {
    const phone = await withTrip()
    await phone.goOffline()
    await remove(phone)
    await phone.see(ERROR_TEXTS.OFFLINE)
    expect(await phone.text()).toContain(CITY)
    await phone.goOnline()
    await remove(phone)
    await phone.gone(ERROR_TEXTS.OFFLINE)
    expect(await documents()).toEqual([])
  })

  it('succeeds although the answer is lost', async () => {
    const phone = await withTrip()
    await app.project.faults.loseAnswer('trips', { times: 1 })
    await remove(phone)
    await phone.see(TEXTS.trips.empty)
    expect(await documents()).toEqual([])
  })

  it('loads the next page when the first is empty', async () => {
    const { phone } = app.project
    await logInAtHome(phone)
    await saveMany(20)
    await phone.tap('.link')
    expect(await phone.count('.trip')).toBe(20)
    for (let left = 20; left > 0; left--) await remove(phone)
    expect(await phone.count('.trip')).toBe(1)
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
