import type { ControlClient } from 'wechat-cloud-emulator/control'
import type { Answer } from '../../../contract/answer.ts'
import type { CurrentConsentVersion } from '../../../contract/consent.ts'
import type { LoginData } from '../../../contract/login.ts'

const CONSENT: CurrentConsentVersion = '2026-11-28'
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
  const call = async <Data>(name: string, data: object): Promise<Data> => {
    const { result } = await control.post('invoke', { function: name, openid, data })
    const answer = result as Answer<Data> | undefined
    if (answer?.code !== 200) throw new Error(`${name}: ${answer?.reason ?? 'failed'}`)
    return answer.data
  }
  const { code } = await control.post('phone-code', { openid })
  const consent = { version: CONSENT }
  const [first, second] = DEVICES
  await call<LoginData>('login', { phoneCode: code, consent, device: second })
  const { token, expiresInSeconds, userInfo } = await call<LoginData>('login', { consent, device: first })
  const nickname = '名字比较长的旅行者'
  await call('account', { token, action: 'update', nickname })
  for (const [index, city] of CITIES.entries()) {
    const key = (kind: string) => `${kind}-${openid}-${index}`.padEnd(8, '0')
    await call('trips', { token, action: 'save', key: key('trip'), city, days: 3 + index })
    await call('favourites', { token, action: 'save', key: key('favourite'), city })
    await call('history', { token, action: 'save', key: key('visit'), city })
  }
  return {
    login: { token, expiresAt: Date.now() + expiresInSeconds * 1000, userInfo: { ...userInfo, nickname } },
    staysOut: false,
    lastPhone: userInfo.phone,
  }
}
