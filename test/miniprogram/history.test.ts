import { describe, expect, it } from 'vitest'
import type { Phone } from 'wechat-cloud-emulator/testing'
import { useProject } from '../support/use-project.ts'
import { CITY, logInAtHome } from './log-in.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

const app = useProject()

const documents = () => app.project.cloud.collection('history').documents()

async function openDestination(phone: Phone, city: string): Promise<void> {
  await phone.open(`pages/destination/destination?city=${encodeURIComponent(city)}`)
}

/** Logged in, has opened two destinations, on the page. */
async function withHistory(): Promise<Phone> {
  const { phone, clock } = app.project
  await logInAtHome(phone)
  await openDestination(phone, CITY)
  await clock.advance('1 s')
  await openDestination(phone, '成都')
  await phone.open('pages/history/history')
  return phone
}

async function clear(phone: Phone, answer: string): Promise<void> {
  await phone.tap('.clear')
  await phone.tap(answer)
}

describe('浏览记录', () => {
  it('lists opened destinations, newest first, once a day', async () => {
    const phone = await withHistory()
    expect(await phone.text()).toMatch(/成都[\s\S]*大理/)
    await openDestination(phone, CITY)
    expect(await documents()).toHaveLength(2)
    await app.project.clock.advance('1 day')
    await openDestination(phone, CITY)
    expect(await documents()).toHaveLength(3)
  })

  it('is not kept of somebody who is not logged in', async () => {
    const { phone, cloud } = app.project
    await openDestination(phone, CITY)
    await phone.see(CITY)
    expect(await cloud.logs()).toEqual([])
  })

  it('is cleared after a question', async () => {
    const phone = await withHistory()
    await clear(phone, '取消')
    expect(await documents()).toHaveLength(2)
    await phone.goOffline()
    await clear(phone, TEXTS.history.clear)
    await phone.see(ERROR_TEXTS.OFFLINE)
    await phone.goOnline()
    await clear(phone, TEXTS.history.clear)
    await phone.see(TEXTS.history.empty)
    expect(await documents()).toEqual([])
  })

  it('loses a single entry', async () => {
    const phone = await withHistory()
    await phone.tap({ selector: '.remove', nth: 0 })
    await phone.tap('.open')
    expect(await documents()).toMatchObject([{ city: CITY }])
  })
})
