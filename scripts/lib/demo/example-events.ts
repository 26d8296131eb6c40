import type { ControlClient } from 'wechat-cloud-emulator/control'
import { type AdminCloud, callAdmin, dataOf } from '../admin/admin-cloud.ts'
import { AppUser, CONSENT } from './app-user.ts'
import { EVENTS, type Person } from './example-people.ts'

/** Every week somebody declines the number, or taps with a code that is spent. */
const REFUSAL_DAYS = [3, 10, 17]

export interface Scene {
  control: ControlClient
  admin: AdminCloud
  people: readonly Person[]
}

/** What happens on a day, when everybody has used the app. @param isToday whether it is the day of an event */
export async function happen(scene: Scene, isToday: (eventDay: number) => boolean): Promise<void> {
  const { disabled, moved, closed } = EVENTS
  if (isToday(disabled.day)) await disable(scene, named(scene, disabled.nickname))
  if (isToday(moved.day)) await move(scene, named(scene, moved.nickname))
  if (isToday(closed.day)) await close(named(scene, closed.nickname))
  for (const day of REFUSAL_DAYS) if (isToday(day)) await refuse(scene.control, day)
}

async function disable({ admin }: Scene, person: Person): Promise<void> {
  const reason = '用户来电，要求先停用'
  const event = { action: 'disable' as const, userId: person.user.userId }
  dataOf('disable', await callAdmin({ cloud: admin, name: 'xiaoli', reason }, event))
  person.isGone = true
}

/** The number stays, and the WeChat account is another one. */
async function move({ control, admin }: Scene, person: Person): Promise<void> {
  const { user: old } = person
  const { users } = await control.get('users')
  const account = users.find(({ openid }) => openid === old.openid)
  const user = new AppUser(control, `${old.openid}-new`)
  await control.put(`users/${user.openid}`, { nickname: person.nickname })
  await user.logIn(person.devices[1], account?.purePhoneNumber)
  const reason = '换了微信号，已到店核对身份'
  const event = { action: 'transfer' as const, from: old.userId, to: user.userId }
  dataOf('transfer', await callAdmin({ cloud: admin, name: 'xiaoli', reason }, event))
  person.user = user
}

async function close(person: Person): Promise<void> {
  await person.user.callOrThrow('account', { action: 'close', confirmed: true })
  person.isGone = true
}

async function refuse(control: ControlClient, day: number): Promise<void> {
  const stranger = new AppUser(control, `oExample-visitor-${day}`)
  await stranger.call('login', {})
  await stranger.call('login', { phoneCode: 'spent', consent: { version: CONSENT } })
}

function named({ people }: Scene, nickname: string): Person {
  const person = people.find((one) => one.nickname === nickname)
  if (!person) throw new Error(`nobody of the example is called ${nickname}`)
  return person
}
