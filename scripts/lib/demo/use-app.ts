import type { ControlClient } from 'wechat-cloud-emulator/control'
import type { AdminCloud } from '../admin/admin-cloud.ts'
import { AppUser } from './app-user.ts'
import { happen } from './example-events.ts'
import { EXAMPLE_DAYS, examplePeople, type Person } from './example-people.ts'
import { QueuedControl } from './queued-control.ts'

const DAY_SECONDS = 86_400
const HOUR_SECONDS = 3600
const FIRST_HOUR_SECONDS = 600
/** How often somebody comes back with each of their devices. */
const SILENT_LOGIN_EVERY = 3

export interface AppUse {
  controlUrl: string
  /** Whose administrators disable an account and move another. */
  admin: AdminCloud
  people: number
  /** How many days the three weeks take. */
  days?: number
  /** Called after each day, with the number of days that have passed, and of all. */
  progress?: (done: number, all: number) => void
}

/**
 * Uses the app as some people do in three weeks, which end yesterday: several devices, trips, favourites, visited places,
 * a disabled, a closed and a moved account. All by calls of the project's own functions, the people of a day at the same
 * time. The same each time but for ids and times. The clock then stands where it stood before.
 * @returns the people
 * @throws Error if a call is refused that should not be
 */
export async function useApp(use: AppUse): Promise<Person[]> {
  const { admin, days = EXAMPLE_DAYS, progress = () => {} } = use
  const control = new QueuedControl(use.controlUrl)
  const people = examplePeople(use.people).map((person, index) => ({
    ...person,
    index,
    user: new AppUser(control, openidOf(index)),
    isGone: false,
  }))
  /** The day of the whole on which a day of the three weeks is. */
  const dayOf = (day: number) => Math.floor((day * days) / EXAMPLE_DAYS)
  const passSeconds = (seconds: number) => control.post('clock', { advanceSeconds: seconds })
  await passSeconds(-(days * DAY_SECONDS + FIRST_HOUR_SECONDS))
  for (let day = 0; day < days; day++) {
    await settleAll(people.map((person) => useForADay(control, person, day - dayOf(person.since))))
    await passSeconds(HOUR_SECONDS)
    await happen({ control, admin, people }, (eventDay) => dayOf(eventDay) === day)
    await passSeconds(DAY_SECONDS - HOUR_SECONDS)
    progress(day + 1, days)
  }
  await passSeconds(FIRST_HOUR_SECONDS)
  return people
}

/** Ends when all have ended, so that no call is on its way any more when one has failed. */
async function settleAll(uses: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(uses)).find((use) => use.status === 'rejected')
  if (failed) throw failed.reason
}

/** @param age days since the first login */
async function useForADay(control: ControlClient, person: Person, age: number): Promise<void> {
  if (person.isGone || age < 0) return
  if (age === 0) return begin(control, person)
  if (age % person.everyDays !== 0) return
  const { user, devices } = person
  const visit = age / person.everyDays
  const isNewDevice = visit < devices.length
  if (isNewDevice || visit % SILENT_LOGIN_EVERY === 0)
    await user.logInSilently(devices[visit % devices.length])
  else await user.callOrThrow('checkToken', {})
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
  const save = (name: string, kind: string, more: object = {}) =>
    user.callOrThrow(name, { action: 'save', key: key(kind), city, ...more })
  const saved = [save('history', 'visit')]
  if (visit < cities.length) {
    if (visit % 2 === 0) saved.push(save('favourites', 'favourite'))
    saved.push(save('trips', 'trip', { days: 2 + ((index + visit) % 5) }))
  }
  await Promise.all(saved)
}

function openidOf(index: number): string {
  return `oExample-${String(index + 1).padStart(2, '0')}`
}
