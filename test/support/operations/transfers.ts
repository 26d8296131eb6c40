import { TestUser } from '../test-user.ts'
import { saveSeeds } from './app.ts'
import { newNumber, requestTransfer } from './transfer-people.ts'

/** The person gets a number of their own, and another WeChat account with it. Both have documents. */
export async function meetCompanion(user: TestUser): Promise<object> {
  const companion = new TestUser(user.kit, `${user.openid}-companion`)
  user.companion = companion
  user.phoneNumber = newNumber()
  companion.phoneNumber = user.phoneNumber
  for (const account of [companion, user]) {
    await account.logIn()
    await saveSeeds(account)
  }
  return {}
}

/** The user asks the other account. */
export async function askCompanion(user: TestUser): Promise<object> {
  await meetCompanion(user)
  await requestTransfer(user)
  return {}
}

/** The other account asks the user. */
export async function beAsked(user: TestUser): Promise<object> {
  await meetCompanion(user)
  if (user.companion) await requestTransfer(user.companion)
  return {}
}
