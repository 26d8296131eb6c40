import { ControlClient } from 'wechat-cloud-emulator/control'
import { embeddedCloud } from '../admin/embedded-cloud.ts'
import { AppUser, CONSENT } from './app-user.ts'
import { useApp } from './use-app.ts'

const PEOPLE = 40
const DAYS = 6
const LATENCY_MILLISECONDS = 15

/**
 * What every view of the console can show: forty people in six days, then refusals, failures and a cold start. Runs in
 * the cloud itself, so that its log has the calls.
 * @param controlUrl of a cloud with the project's functions and collections
 * @param dataDirectory of that cloud, which has its secrets
 * @throws Error if a call is refused that should not be
 */
export async function useForAWhile(controlUrl: string, dataDirectory: string): Promise<void> {
  const control = new ControlClient(controlUrl)
  const admin = embeddedCloud(control, dataDirectory)
  const people = await useApp({ controlUrl, admin, people: PEOPLE, days: DAYS })
  const users = people.filter(({ isGone }) => !isGone).map(({ user }) => user)
  await control.post('latency', { milliseconds: LATENCY_MILLISECONDS })
  await meetTroubles(control, users)
  await control.post('latency', { milliseconds: 0 })
}

/** Refusals, failures of the database and of WeChat, and a function that is cold again. */
async function meetTroubles(control: ControlClient, users: readonly AppUser[]): Promise<void> {
  const [first, second, third] = users
  if (!first || !second || !third) return
  await first.call('checkToken', {}, 'tampered')
  await second.call('checkToken', {}, first.token)
  await third.call('trips', { action: 'save', key: 'trip-of-nobody', city: '', days: 99 })
  const newcomer = new AppUser(control, 'oExample-newcomer')
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
