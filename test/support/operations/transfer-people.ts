import type { RequestTransferData, TransferStateData } from '../../../contract/account.ts'
import type { Answer } from '../../../contract/answer.ts'
import type { LoginData } from '../../../contract/login.ts'
import { type CloudKit, succeeded } from '../cloud-kit.ts'
import { TestUser } from '../test-user.ts'
import { saveSeeds } from './app.ts'

/** One person with two WeChat accounts and one number. Both accounts are logged in. */
export interface TransferPeople {
  /** With documents and a picture. */
  old: TestUser
  /** With nothing yet. */
  next: TestUser
  /** What the login of `next` was answered. */
  login: LoginData
}

let numbers = 0

/** A number that nobody has had yet. Its mask is the same as that of the others. */
export function newNumber(): string {
  numbers += 1
  return `177${String(numbers).padStart(4, '0')}0000`
}

export async function twoAccounts(kit: CloudKit, name: string): Promise<TransferPeople> {
  const number = newNumber()
  const old = await personWith(kit, `oOld-${name}`, number)
  await saveSeeds(old)
  await old.setAvatar()
  const next = new TestUser(kit, `oNew-${name}`)
  next.phoneNumber = number
  const login = await next.logIn()
  return { old, next, login }
}

/** Somebody who is logged in with this number. */
export async function personWith(kit: CloudKit, openid: string, number: string): Promise<TestUser> {
  const user = new TestUser(kit, openid)
  user.phoneNumber = number
  await user.logIn()
  return user
}

export async function requestTransfer(user: TestUser): Promise<string> {
  return succeeded(await user.account<RequestTransferData>('requestTransfer')).requested.id
}

export async function transferState(user: TestUser): Promise<TransferStateData> {
  return succeeded(await user.account<TransferStateData>('transferState'))
}

export function answerTransfer(user: TestUser, id: string, accept = true): Promise<Answer<unknown>> {
  return user.account('answerTransfer', { id, accept })
}
