import * as v from 'valibot'
import type { CloudServices } from '../cloud-services.ts'
import { phoneInfoOf } from '../openapi/get-phone-number.ts'
import { type BodySchema, ControlError, openidSchema, parse, type Routes } from './route.ts'

const phoneCodeInput = v.object({
  openid: openidSchema,
  /** Digits, with `+` and country code unless Chinese; kept as this person's number from now on. */
  phoneNumber: v.optional(v.string()),
  /** Another mini-program's appid, to see how its codes are refused. */
  appid: v.optional(v.string()),
  realtime: v.optional(v.boolean()),
}) satisfies BodySchema<'POST phone-code'>

/** A tap on the phone button and on 允许: a code, and the same number as open data. */
function tapPhoneButton(cloud: CloudServices, input: unknown) {
  const tap = parse(phoneCodeInput, input)
  const appid = tap.appid ?? cloud.appid
  const user = touch(cloud, tap)
  // WeChat bills here, even if the exchange of the code fails later.
  cloud.figures.recordAuthorization(tap.realtime ? 'realtime' : 'quick')
  const openData = phoneInfoOf(user, { now: cloud.clock.now(), appid })
  return { code: cloud.phoneCodes.issue(user, appid), cloudID: cloud.cloudIds.issue(openData) }
}

const phoneNumberInput = v.object({
  openid: openidSchema,
  phoneNumber: v.string(),
}) satisfies BodySchema<'POST phone-number'>

function touch(cloud: CloudServices, account: { openid: string; phoneNumber?: string | undefined }) {
  return orRefused(() => cloud.users.touch(account.openid, account.phoneNumber))
}

/** @throws ControlError 400 when a number is none */
function orRefused<Result>(change: () => Result): Result {
  try {
    return change()
  } catch (error) {
    if (error instanceof RangeError) throw new ControlError(400, error.message)
    throw error
  }
}

const userInput = v.object({
  phoneNumber: v.optional(v.string()),
  nickname: v.optional(v.pipe(v.string(), v.maxLength(32))),
  avatarUrl: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(100 * 1024),
      v.regex(
        /^(data:image\/(png|jpeg|webp);base64,[\w+/=]+)?$/,
        'must be a data: address of a PNG, JPEG or WebP',
      ),
    ),
  ),
}) satisfies BodySchema<'PUT users/:openid'>

const cloudIdInput = v.object({ data: v.unknown() }) satisfies BodySchema<'POST cloud-id'>

const loginInput = v.object({ openid: openidSchema }) satisfies BodySchema<'POST login-code'>
const subscriptionInput = v.object({
  openid: openidSchema,
  templateIds: v.array(v.pipe(v.string(), v.maxLength(128))),
}) satisfies BodySchema<'POST subscriptions'>

export const wechatRoutes = {
  'POST phone-code': { handle: tapPhoneButton },
  'POST phone-number': { handle: (cloud, input) => touch(cloud, parse(phoneNumberInput, input)) },
  'POST cloud-id': {
    handle: ({ cloudIds }, input) => ({ cloudID: cloudIds.issue(parse(cloudIdInput, input).data) }),
  },
  'POST login-code': {
    handle: ({ loginCodes, users }, input) => {
      const { openid } = parse(loginInput, input)
      users.touch(openid)
      return { code: loginCodes.issue(openid) }
    },
  },
  'POST subscriptions': {
    handle: ({ subscriptions }, input) => {
      const { openid, templateIds } = parse(subscriptionInput, input)
      subscriptions.accept(openid, templateIds)
    },
  },
  'GET messages': { handle: ({ subscriptions }) => ({ messages: subscriptions.list() }) },
  'GET launch-links': { handle: ({ launchLinks }) => ({ links: launchLinks.list() }) },
  'PUT users/:openid': {
    handle: (cloud, input, { openid }) => {
      const changes = parse(userInput, input)
      return orRefused(() => cloud.users.change(parse(openidSchema, openid), changes))
    },
    topic: 'users',
  },
  'DELETE users/:openid': {
    handle: ({ users }, _input, { openid }) => users.remove(parse(openidSchema, openid)),
    topic: 'users',
  },
  'GET users': { handle: ({ users }) => ({ users: users.list() }) },
} satisfies Partial<Routes>
