import type { ControlClient } from 'wechat-cloud-emulator/control'
import type { LoginData } from '../../../contract/login.ts'
import { AppUser } from '../demo/app-user.ts'

const CITIES = ['大理', '呼伦贝尔大草原与额尔古纳河湿地', '京都']
const DEVICES = [
  { model: 'iPhone 15 Plus', platform: 'ios' },
  { model: 'Xiaomi 14', platform: 'android' },
]

/** What the mini-program's storage holds under `login`. */
export interface StoredLogin {
  login: { token: string; expiresAt: number; userInfo: LoginData['userInfo'] }
  staysOut: boolean
  lastPhone: string
}

/**
 * Registers a user with two devices, a long name, trips, favourites and history.
 * @returns what to put into the storage of a phone that is to be logged in
 * @throws Error if the functions refuse one of the calls
 */
export async function createExampleUser(control: ControlClient, openid: string): Promise<StoredLogin> {
  const user = new AppUser(control, openid)
  const [first, second] = DEVICES
  await user.logIn(second)
  await user.logInSilently(first)
  const nickname = '名字比较长的旅行者'
  await user.callOrThrow('account', { action: 'update', nickname })
  for (const [index, city] of CITIES.entries()) {
    const key = (kind: string) => `${kind}-${openid}-${index}`.padEnd(8, '0')
    await user.callOrThrow('trips', { action: 'save', key: key('trip'), city, days: 3 + index })
    await user.callOrThrow('favourites', { action: 'save', key: key('favourite'), city })
    await user.callOrThrow('history', { action: 'save', key: key('visit'), city })
  }
  if (!user.login) throw new Error('nobody is logged in')
  const { token, expiresInSeconds, userInfo } = user.login
  return {
    login: { token, expiresAt: Date.now() + expiresInSeconds * 1000, userInfo: { ...userInfo, nickname } },
    staysOut: false,
    lastPhone: userInfo.phone,
  }
}
