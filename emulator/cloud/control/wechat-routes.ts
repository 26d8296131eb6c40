import * as v from 'valibot'
import type { CloudParts } from '../cloud-parts.ts'
import { phoneInfoOf } from '../openapi/get-phone-number.ts'
import { ControlError, openidSchema, parse, type Route } from './route.ts'

const phoneCodeInput = v.object({
  openid: openidSchema,
  /** Digits, with `+` and country code unless Chinese; kept as this person's number from now on. */
  phoneNumber: v.optional(v.string()),
  /** Another mini-program's appid, to see how its codes are refused. */
  appid: v.optional(v.string()),
})

/** A tap on the phone button and on 允许: a code, and the same number as open data. */
function tapPhoneButton(cloud: CloudParts, input: unknown) {
  const tap = parse(phoneCodeInput, input)
  const appid = tap.appid ?? cloud.appid
  try {
    const user = cloud.users.touch(tap.openid, tap.phoneNumber)
    const openData = phoneInfoOf(user, { now: cloud.clock.now(), appid })
    return { code: cloud.phoneCodes.issue(user, appid), cloudID: cloud.cloudIds.issue(openData) }
  } catch (error) {
    if (error instanceof RangeError) throw new ControlError(400, error.message)
    throw error
  }
}

const cloudIdInput = v.object({ data: v.unknown() })

export const wechatRoutes: readonly Route[] = [
  { method: 'POST', path: 'phone-code', handle: tapPhoneButton },
  {
    method: 'POST',
    path: 'cloud-id',
    handle: ({ cloudIds }, input) => ({ cloudID: cloudIds.issue(parse(cloudIdInput, input).data) }),
  },
  { method: 'GET', path: 'users', handle: ({ users }) => ({ users: users.list() }) },
]
