import type { ControlClient } from 'wechat-cloud-emulator/control'
import { ClientFiles } from 'wechat-cloud-emulator/testing'
import type { AvatarUploadData } from '../../../contract/account.ts'
import type { Answer } from '../../../contract/answer.ts'
import type { CurrentConsentVersion } from '../../../contract/consent.ts'
import type { LoginData } from '../../../contract/login.ts'
import { CITIES, DEVICES, NICKNAMES, PICTURE } from './used-app-data.ts'

const CONSENT: CurrentConsentVersion = '2026-11-28'
const DAY_SECONDS = 86_400
const PEOPLE = 40
const DAYS = 6

interface Person {
  openid: string
  number: string
  nickname: string
  token: string
}

/**
 * Uses the app as some forty people do in six days: logins, trips, pictures, refusals and failures. The same each time
 * but for ids and times. The cloud's clock stands where it stood before.
 * @param control of a cloud with the project's functions and collections
 * @throws Error if somebody cannot log in
 */
export async function useForAWhile(control: ControlClient): Promise<void> {
  const people = Array.from({ length: PEOPLE }, (_, index) => personOf(index))
  await control.post('clock', { advanceSeconds: -DAYS * DAY_SECONDS })
  for (let day = 0; day < DAYS; day++) {
    await useForADay(control, people, day)
    await control.post('clock', { advanceSeconds: DAY_SECONDS })
  }
  await control.post('latency', { milliseconds: 15 })
  await meetTroubles(control, people)
  await control.post('latency', { milliseconds: 0 })
}

function personOf(index: number): Person {
  // A, B and C are left to the phones of the console.
  const letter = index < 23 ? String.fromCharCode(68 + index) : `Z${index - 23}`
  return {
    openid: `oWechatUser-${letter}`,
    number: `139${String(10_000_000 + index * 7919).slice(0, 8)}`,
    nickname: NICKNAMES[index % NICKNAMES.length] ?? '',
    token: '',
  }
}

/** New people come each day, and some of those from before return. */
async function useForADay(control: ControlClient, people: Person[], day: number): Promise<void> {
  const perDay = Math.ceil(PEOPLE / DAYS)
  const newcomers = people.slice(day * perDay, (day + 1) * perDay)
  for (const [index, person] of newcomers.entries()) {
    await logIn(control, person, index)
    const key = (name: string) => `${name}-${person.openid.slice(-2)}-${day}`.padEnd(8, '0')
    const city = CITIES[(index * 3 + day) % CITIES.length] ?? ''
    await call(control, 'history', person, { action: 'save', key: key('visit'), city })
    if (index % 2 === 0) {
      await call(control, 'trips', person, { action: 'save', key: key('trip'), city, days: 1 + (index % 5) })
      await call(control, 'favourites', person, { action: 'save', key: key('fav'), city })
    }
    if (index === 1) await setPicture(control, person)
  }
  for (const [index, person] of people.slice(0, day * perDay).entries()) {
    if ((index + day) % 3 !== 0) continue
    await call(control, 'checkToken', person, {})
    if (index % 2 === 0) await call(control, 'trips', person, { action: 'list' })
  }
}

async function logIn(control: ControlClient, person: Person, index: number): Promise<void> {
  const { openid, number, nickname } = person
  await control.put(`users/${encodeURIComponent(openid)}`, { phoneNumber: number, nickname })
  const { code } = await control.post('phone-code', { openid })
  const device = DEVICES[index % DEVICES.length]
  const data = { phoneCode: code, consent: { version: CONSENT }, device }
  const answer = (await control.post('invoke', { function: 'login', openid, data })).result as
    | Answer<LoginData>
    | undefined
  if (answer?.code !== 200) throw new Error(`login: ${answer?.reason ?? 'failed'}`)
  person.token = answer.data.token
  if (nickname !== '') await call(control, 'account', person, { action: 'update', nickname })
}

/** A call as this person's mini-program makes it. @returns the function's answer, if it has one */
async function call(control: ControlClient, name: string, person: Person, data: object): Promise<unknown> {
  const { openid, token } = person
  const { result } = await control.post('invoke', { function: name, openid, data: { token, ...data } })
  return result
}

async function setPicture(control: ControlClient, person: Person): Promise<void> {
  const answer = await call(control, 'account', person, { action: 'avatarUpload', type: 'png' })
  const { cloudPath } = (answer as { data: AvatarUploadData }).data
  const avatar = await new ClientFiles({ control }, person.openid).upload(cloudPath, PICTURE)
  await call(control, 'account', person, { action: 'update', avatar })
}

/** Refusals, failures of the database and of WeChat, and a function that is cold again. */
async function meetTroubles(control: ControlClient, people: Person[]): Promise<void> {
  const [first, second, third] = people
  if (!first || !second || !third) return
  await call(control, 'checkToken', { ...first, token: 'tampered' }, {})
  await call(control, 'checkToken', { ...second, token: first.token }, {})
  await call(control, 'trips', third, { action: 'save', key: 'trip-of-nobody', city: '', days: 99 })
  const newcomer = { openid: 'oWechatUser-new', number: '', nickname: '', token: '' }
  await call(control, 'login', newcomer, {})
  await call(control, 'login', newcomer, { phoneCode: 'used', consent: { version: CONSENT } })
  const unavailable = { kind: 'error', code: 'SYS_ERR', message: 'system error' } as const
  await control.post('faults', { target: 'users', answer: unavailable, times: 3 })
  await call(control, 'trips', second, { action: 'list' })
  await control.delete('faults')
  const quota = { kind: 'openapi', errcode: 45011, errmsg: 'api minute-quota reach limit' } as const
  await control.post('faults', { action: 'wx.openApi', answer: quota })
  const { code } = await control.post('phone-code', { openid: third.openid })
  await call(control, 'login', third, { phoneCode: code, consent: { version: CONSENT } })
  await control.delete('faults')
  await control.delete('instances')
  await call(control, 'trips', third, { action: 'list' })
  await call(control, 'trips', third, { action: 'list' })
}
