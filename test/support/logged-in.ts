import type { ProjectCloud } from 'wechat-cloud-emulator/testing'
import type { Answer } from '../../contract/answer.ts'
import type { LoginData } from '../../contract/login.ts'
import { CONSENT, succeeded } from './cloud-kit.ts'

/** A person who is logged in, and calls functions without a phone. */
export interface LoggedIn {
  openid: string
  token: string
  /** Calls a function with the token. @throws Error for a refusal, such as `400 BAD_REQUEST` */
  call<Data>(name: string, data: object): Promise<Data>
}

/** Logs a person in with their phone number and consent. @throws Error for a refusal */
export async function loggedIn(cloud: ProjectCloud, openid: string): Promise<LoggedIn> {
  const as = openid
  const login = { phoneCode: await cloud.phoneCode(openid), consent: { version: CONSENT } }
  const { token } = succeeded(await cloud.call<Answer<LoginData>>('login', login, { as }))
  return {
    openid,
    token,
    call: async <Data>(name: string, data: object) =>
      succeeded(await cloud.call<Answer<Data>>(name, { token, ...data }, { as })),
  }
}
