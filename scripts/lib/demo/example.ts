import type { ExampleSettings } from 'wechat-cloud-emulator/config'
import { ControlClient } from 'wechat-cloud-emulator/control'
import { type AdminCloud, callAdmin, dataOf } from '../admin/admin-cloud.ts'
import { embeddedCloud } from '../admin/embedded-cloud.ts'
import { AppUser, CONSENT } from './app-user.ts'
import { EVENTS, type ExamplePerson, PEOPLE } from './example-people.ts'

const DAY_SECONDS = 86_400
const HOUR_SECONDS = 3600
/** Ends yesterday: the counters of today are those of the cloud that the example is loaded into. */
const DAYS = 21
const FIRST_HOUR_SECONDS = 600
/** How often somebody comes back with each of their devices. */
const SILENT_LOGIN_EVERY = 3

interface Person extends ExamplePerson {
  index: number
  user: AppUser
  /** Nobody uses a closed or disabled account. */
  isGone: boolean
}

/**
 * Three weeks of twelve people, made by calls of the project's own functions: several devices, trips, favourites, visited
 * places, a disabled, a closed and a moved account.
 * @param dataDirectory of the embedded cloud, which has its secrets
 */
export function exampleData(dataDirectory: string): ExampleSettings {
  return {
    description: '12 个微信用户三周的使用：多台设备、行程、收藏、浏览记录、管理记录；停用、注销、换号各一个',
    use: async ({ controlUrl }) => {
      const control = new ControlClient(controlUrl)
      await useForWeeks(control, embeddedCloud(control, dataDirectory))
    },
  }
}

/** @throws Error if a login or an administrator's action is refused */
async function useForWeeks(control: ControlClient, admin: AdminCloud): Promise<void> {
  const people = PEOPLE.map((person, index) => ({
    ...person,
    index,
    user: new AppUser(control, openidOf(index)),
    isGone: false,
  }))
  const passSeconds = (seconds: number) => control.post('clock', { advanceSeconds: seconds })
  await passSeconds(-(DAYS * DAY_SECONDS + FIRST_HOUR_SECONDS))
  for (let day = 0; day < DAYS; day++) {
    for (const person of people) await useForADay(control, person, day)
    await passSeconds(HOUR_SECONDS)
    await happen({ control, admin, people }, day)
    await passSeconds(DAY_SECONDS - HOUR_SECONDS)
  }
  await passSeconds(FIRST_HOUR_SECONDS)
}

async function useForADay(control: ControlClient, person: Person, day: number): Promise<void> {
  if (person.isGone || day < person.since) return
  const age = day - person.since
  if (age === 0) return begin(control, person)
  if (age % person.everyDays !== 0) return
  const { user, devices } = person
  const visit = age / person.everyDays
  const isNewDevice = visit < devices.length
  if (isNewDevice || visit % SILENT_LOGIN_EVERY === 0)
    await user.logInSilently(devices[visit % devices.length])
  else await user.call('checkToken', {})
  await look(person, visit)
}

async function begin(control: ControlClient, person: Person): Promise<void> {
  const { user, nickname, devices } = person
  await control.put(`users/${user.openid}`, { nickname })
  await user.logIn(devices[0])
  if (nickname !== '') await user.setNickname(nickname)
  if (person.hasPicture) await user.setPicture()
  await look(person, 0)
}

/** Opens a place, likes each second one, and plans a trip to it. */
async function look({ user, index, cities }: Person, visit: number): Promise<void> {
  const city = cities[visit % cities.length]
  if (city === undefined) return
  const key = (name: string) => `example-${name}-${index}-${visit}`
  await user.call('history', { action: 'save', key: key('visit'), city })
  if (visit >= cities.length) return
  if (visit % 2 === 0) await user.call('favourites', { action: 'save', key: key('favourite'), city })
  await user.call('trips', { action: 'save', key: key('trip'), city, days: 2 + ((index + visit) % 5) })
}

interface Scene {
  control: ControlClient
  admin: AdminCloud
  people: readonly Person[]
}

async function happen(scene: Scene, day: number): Promise<void> {
  const { disabled, moved, closed } = EVENTS
  if (day === disabled.day) await disable(scene, named(scene, disabled.nickname))
  if (day === moved.day) await move(scene, named(scene, moved.nickname))
  if (day === closed.day) await close(named(scene, closed.nickname))
  // Every week somebody declines the number, or taps with a code that is spent.
  if (day % 7 === 3) await refuse(scene.control, day)
}

async function disable({ admin }: Scene, person: Person): Promise<void> {
  const reason = '用户来电，要求先停用'
  dataOf('disable', await callAdmin({ cloud: admin, name: 'xiaoli', reason }, eventOf('disable', person)))
  person.isGone = true
}

const eventOf = (action: 'disable', { user }: Person) => ({ action, userId: user.userId })

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
  await person.user.call('account', { action: 'close', confirmed: true })
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

function openidOf(index: number): string {
  return `oExample-${String(index + 1).padStart(2, '0')}`
}
