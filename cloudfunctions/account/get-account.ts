import * as v from 'valibot'
import type { GetAccountData } from '../../contract/account.ts'
import type { Call } from '../shared/call.ts'
import type { LoggedIn } from '../shared/guard.ts'
import { userInfoOf } from '../shared/user.ts'

export const getInput = v.object({ action: v.literal('get') })

export function getAccount(_input: unknown, _call: Call, { user }: LoggedIn): GetAccountData {
  const { version, at } = user.consent
  return {
    userInfo: userInfoOf(user),
    consent: { version, at: at.getTime() },
    createdAt: user.createdAt.getTime(),
  }
}
