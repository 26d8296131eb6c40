import type { ControlClient } from 'wechat-cloud-emulator/control'
import { AppUser, CONSENT } from './app-user.ts'
import { CITIES, DEVICES, NICKNAMES } from './used-app-data.ts'

const DAY_SECONDS = 86_400
const PEOPLE = 40
const DAYS = 6

interface Person {
  user: AppUser
  number: string
  nickname: string
}

/**
 * Uses the app as some forty people do in six days: logins, trips, pictures, refusals and failures. The same each time
 * but for ids and times. The cloud's clock stands where it stood before.
 * @param control of a cloud with the project's functions and collections
 * @throws Error if somebody cannot log in
 */
export async function useForAWhile(control: ControlClient): Promise<void> {
  const people = Array.from({ length: PEOPLE }, (_, index) => personOf(control, index))
  await control.post('clock', { advanceSeconds: -DAYS * DAY_SECONDS })
  for (let day = 0; day < DAYS; day++) {
    await useForADay(control, people, day)
    await control.post('clock', { advanceSeconds: DAY_SECONDS })
  }
  await control.post('latency', { milliseconds: 15 })
  await meetTroubles(control, people)
  await control.post('latency', { milliseconds: 0 })
}

function personOf(control: ControlClient, index: number): Person {
  // A, B and C are left to the phones of the console.
  const letter = index < 23 ? String.fromCharCode(68 + index) : `Z${index - 23}`
  return {
    user: new AppUser(control, `oWechatUser-${letter}`),
    number: `139${String(10_000_000 + index * 7919).slice(0, 8)}`,
    nickname: NICKNAMES[index % NICKNAMES.length] ?? '',
  }
}

/** New people come each day, and some of those from before return. */
async function useForADay(control: ControlClient, people: Person[], day: number): Promise<void> {
  const perDay = Math.ceil(PEOPLE / DAYS)
  const newcomers = people.slice(day * perDay, (day + 1) * perDay)
  for (const [index, { user, number, nickname }] of newcomers.entries()) {
    await control.put(`users/${encodeURIComponent(user.openid)}`, { phoneNumber: number, nickname })
    await user.logIn(DEVICES[index % DEVICES.length])
    if (nickname !== '') await user.setNickname(nickname)
    const key = (name: string) => `${name}-${user.openid.slice(-2)}-${day}`.padEnd(8, '0')
    const city = CITIES[(index * 3 + day) % CITIES.length] ?? ''
    await user.call('history', { action: 'save', key: key('visit'), city })
    if (index % 2 === 0) {
      await user.call('trips', { action: 'save', key: key('trip'), city, days: 1 + (index % 5) })
      await user.call('favourites', { action: 'save', key: key('fav'), city })
    }
    if (index === 1) await user.setPicture()
  }
  for (const [index, { user }] of people.slice(0, day * perDay).entries()) {
    if ((index + day) % 3 !== 0) continue
    await user.call('checkToken', {})
    if (index % 2 === 0) await user.call('trips', { action: 'list' })
  }
}

/** Refusals, failures of the database and of WeChat, and a function that is cold again. */
async function meetTroubles(control: ControlClient, people: readonly Person[]): Promise<void> {
  const [first, second, third] = people.map(({ user }) => user)
  if (!first || !second || !third) return
  await first.call('checkToken', {}, 'tampered')
  await second.call('checkToken', {}, first.token)
  await third.call('trips', { action: 'save', key: 'trip-of-nobody', city: '', days: 99 })
  const newcomer = new AppUser(control, 'oWechatUser-new')
  await newcomer.call('login', {})
  await newcomer.call('login', { phoneCode: 'used', consent: { version: CONSENT } })
  const unavailable = { kind: 'error', code: 'SYS_ERR', message: 'system error' } as const
  await control.post('faults', { target: 'users', answer: unavailable, times: 3 })
  await second.call('trips', { action: 'list' })
  await control.delete('faults')
  const quota = { kind: 'openapi', errcode: 45011, errmsg: 'api minute-quota reach limit' } as const
  await control.post('faults', { action: 'wx.openApi', answer: quota })
  const { code } = await control.post('phone-code', { openid: third.openid })
  await third.call('login', { phoneCode: code, consent: { version: CONSENT } })
  await control.delete('faults')
  await control.delete('instances')
  await third.call('trips', { action: 'list' })
  await third.call('trips', { action: 'list' })
}
