import * as v from 'valibot'
import type { GetAccountData, GetAccountRequest } from '../../contract/account.ts'
import type { LoggedIn } from '../shared/handlers/guard.ts'
import type { Call } from '../shared/request/call.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { userInfoOf } from '../shared/users/user.ts'

export const getInput = requestSchema<GetAccountRequest>()(v.object({ action: v.literal('get') }))

export function getAccount(_input: unknown, _call: Call, { user }: LoggedIn): GetAccountData {
  const { version, at } = user.consent
  return {
    userInfo: userInfoOf(user),
    consent: { version, at: at.getTime() },
    createdAt: user.createdAt.getTime(),
  }
}
