import { describe, expect, it } from 'vitest'
import { ENDING_TEXTS } from '../../miniprogram/utils/texts.ts'
import { OFFLINE } from './deliver.ts'
import { stored } from './inside.ts'
import { CITY, type Traveller, useTravellers } from './traveller.ts'

const newTraveller = useTravellers()

/** On the trips page, with one trip. */
async function withTrip(): Promise<Traveller> {
  const traveller = await newTraveller()
  await traveller.logIn()
  traveller.phone.tap('.link')
  await traveller.phone.settle()
  return traveller
}

async function remove({ phone }: Traveller, answer = true): Promise<void> {
  phone.tap('.remove')
  phone.answer(answer)
  await phone.settle()
}

/** Puts documents into the collection as if saved before. */
function saveMany({ kit, userDocument }: Traveller, count: number): void {
  const { _id: userId, createdAt: since } = userDocument as { _id: string; createdAt: Date }
  for (let number = 1; number <= count; number++) {
    const createdAt = new Date(since.getTime() + number)
    const trip = { _id: `${userId}.number-${number}`, userId, city: `城${number}`, days: 2, createdAt }
    kit.cloud.database.putDocument('trips', trip as never)
  }
}

describe('removing a trip', () => {
  it('asks first, then removes that one', async () => {
    const traveller = await withTrip()
    const { phone } = traveller
    phone.tap('.remove')
    expect(phone.modal?.content).toContain(CITY)
    phone.answer(false)
    await phone.settle()
    expect(traveller.tripDocuments).toHaveLength(1)
    await remove(traveller)
    expect(traveller.tripDocuments).toEqual([])
    expect(phone.text).toContain('还没有保存过行程')
  })

  it('leaves it on the screen when it fails, and says why', async () => {
    const traveller = await withTrip()
    const { phone } = traveller
    phone.goOffline()
    await remove(traveller)
    expect(phone.text).toContain(ENDING_TEXTS.OFFLINE)
    expect(phone.text).toContain(CITY)
    phone.goOnline()
    await remove(traveller)
    expect(phone.text).not.toContain(ENDING_TEXTS.OFFLINE)
    expect(traveller.tripDocuments).toEqual([])
  })

  it('is done though the answer was lost', async () => {
    const traveller = await withTrip()
    const { phone } = traveller
    const cloud = phone.deliver
    phone.deliver = async (call) => {
      phone.deliver = cloud
      await cloud(call)
      throw OFFLINE
    }
    await remove(traveller)
    expect(phone.text).toContain('还没有保存过行程')
    expect(traveller.tripDocuments).toEqual([])
  })

  it('loads the next page when the first is empty', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    saveMany(traveller, 20)
    phone.tap('.link')
    await phone.settle()
    for (let left = 20; left > 0; left--) await remove(traveller)
    expect(phone.data['trips']).toHaveLength(1)
    expect(traveller.tripDocuments).toHaveLength(1)
  })
})

it('an account that is full is told, and may save again after removing one', async () => {
  const traveller = await newTraveller()
  const { phone, kit, openid } = traveller
  await traveller.logIn()
  saveMany(traveller, 199)
  await traveller.save()
  expect(phone.text).toContain(ENDING_TEXTS.LIMIT_REACHED)
  const id = traveller.tripDocuments[0]?.['_id']
  await kit.call('trips', openid, { token: stored(traveller).login?.token, action: 'remove', id })
  await traveller.save()
  expect(phone.toasts.at(-1)).toBe('行程已保存')
})
