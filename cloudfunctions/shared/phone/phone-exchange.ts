import * as v from 'valibot'
import cloud from 'wx-server-sdk'
import { AppError } from '../core/app-error.ts'
import { isPhoneCodeOpenidSent } from '../core/environment.ts'
import {
  misconfigured,
  type OpenapiError,
  type OpenapiErrors,
  openapiErrorOf,
} from '../core/openapi-errors.ts'
import { readSdkError } from '../core/sdk-error.ts'
import type { Budget } from '../request/budget.ts'
import type { PhoneNumber } from './phone-number.ts'

const digits = (from: number, to: number) => v.pipe(v.string(), v.regex(new RegExp(`^\\d{${from},${to}}$`)))
const answerSchema = v.object({
  phoneInfo: v.object({
    // Seen as text and as a number.
    countryCode: v.pipe(v.union([v.string(), v.number()]), v.transform(String), digits(1, 4)),
    purePhoneNumber: digits(4, 15),
  }),
})

const API = 'phonenumber.getPhoneNumber'

/**
 * Exchanges a phone code for the number, by `cloud.openapi.phonenumber.getPhoneNumber`. WeChat checks that the code is
 * fresh and unused, and, unless PHONE_CODE_OPENID=off, that it was issued to this openid.
 * @throws AppError PHONE_CODE_INVALID, WECHAT_BUSY, WECHAT_QUOTA, MISCONFIGURED, INTERNAL, TIMEOUT
 */
export async function exchangePhoneCode(budget: Budget, code: string, openid: string): Promise<PhoneNumber> {
  const isOpenidSent = isPhoneCodeOpenidSent()
  const answer = await budget
    .within(request(code, isOpenidSent ? openid : undefined))
    .catch((error: unknown) => {
      if (error instanceof AppError) throw error
      throw openapiErrorOf(API, readSdkError(error), isOpenidSent ? WITH_OPENID : OWN_ERRORS)
    })
  const parsed = v.safeParse(answerSchema, answer)
  if (parsed.success) return parsed.output.phoneInfo
  throw new AppError('WECHAT_BUSY', { log: 'getPhoneNumber answered without a usable phoneInfo' })
}

/** Async, so that an error that the SDK throws synchronously becomes a rejection. */
async function request(code: string, openid: string | undefined): Promise<unknown> {
  const checked = openid === undefined ? {} : { openid }
  return cloud.openapi['phonenumber'].getPhoneNumber({ code, ...checked })
}

const INVALID_CODE: OpenapiError = { reason: 'PHONE_CODE_INVALID', log: 'WeChat refused the phone code' }

/** What these numbers mean here alone. */
const OWN_ERRORS: OpenapiErrors = {
  40029: INVALID_CODE,
  40163: INVALID_CODE,
  // The documentation names no number for a code of another person; these are the likely ones besides 40029.
  40003: INVALID_CODE,
  40013: misconfigured(
    'the code is of another mini-program: the appid and this environment do not belong together',
  ),
  48001: misconfigured(
    'this mini-program may not use 手机号快速验证: it needs a verified, non-personal account',
  ),
}

/** One developer reports that WeChat refuses a request with the openid as badly formatted. */
const WITH_OPENID: OpenapiErrors = {
  ...OWN_ERRORS,
  47001: misconfigured(
    'WeChat could not read the request, which carries the openid: set PHONE_CODE_OPENID=off for login and account, and deploy both (docs/en/customise.md)',
  ),
}
