import * as v from 'valibot'
import cloud from 'wx-server-sdk'
import type { Reason } from '../../contract/reason.ts'
import { AppError } from './app-error.ts'
import type { Budget } from './budget.ts'
import type { PhoneNumber } from './phone-number.ts'
import { readSdkError } from './sdk-error.ts'

const digits = (from: number, to: number) => v.pipe(v.string(), v.regex(new RegExp(`^\\d{${from},${to}}$`)))
const answerSchema = v.object({
  phoneInfo: v.object({
    // Seen as text and as a number.
    countryCode: v.pipe(v.union([v.string(), v.number()]), v.transform(String), digits(1, 4)),
    purePhoneNumber: digits(4, 15),
  }),
})

/**
 * Turns a phone code into the number, by `cloud.openapi.phonenumber.getPhoneNumber`. WeChat itself checks that
 * the code was given to this openid, is fresh and unused.
 * @throws AppError PHONE_CODE_INVALID, WECHAT_BUSY, WECHAT_QUOTA, MISCONFIGURED, TIMEOUT
 */
export async function exchangePhoneCode(budget: Budget, code: string, openid: string): Promise<PhoneNumber> {
  const answer = await budget.within(request(code, openid)).catch((error: unknown) => {
    throw error instanceof AppError ? error : refusalOf(error)
  })
  const parsed = v.safeParse(answerSchema, answer)
  if (parsed.success) return parsed.output.phoneInfo
  throw new AppError('WECHAT_BUSY', { log: 'getPhoneNumber answered without a usable phoneInfo' })
}

/** Async, so that whatever the SDK throws at once is a rejection like the rest. */
async function request(code: string, openid: string): Promise<unknown> {
  return cloud.openapi['phonenumber'].getPhoneNumber({ code, openid })
}

interface Meaning {
  reason: Reason
  log?: string
  retryAfterSeconds?: number
}

const BUSY: Meaning = { reason: 'WECHAT_BUSY', retryAfterSeconds: 2 }
const INVALID_CODE: Meaning = { reason: 'PHONE_CODE_INVALID' }

/** Error numbers of getPhoneNumber, of WeChat's openapi as a whole, and of 云调用 (-6041xx). */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  [-1]: BUSY,
  40029: INVALID_CODE,
  40163: INVALID_CODE,
  // The documentation names no number for a code of another person; these are the likely ones besides 40029.
  40003: INVALID_CODE,
  45011: { reason: 'WECHAT_BUSY', retryAfterSeconds: 60 },
  45009: { reason: 'WECHAT_QUOTA' },
  [-604102]: BUSY,
  [-604103]: BUSY,
  40013: misconfigured(
    'the code is of another mini-program: the appid and this environment do not belong together',
  ),
  40001: misconfigured(
    'WeChat refused the access token of this environment: re-open the environment in WeChat DevTools',
  ),
  48001: misconfigured(
    'this mini-program may not use 手机号快速验证: it needs a verified, non-personal account',
  ),
  [-604100]: misconfigured('WeChat does not know phonenumber.getPhoneNumber: update wx-server-sdk'),
  [-604101]: misconfigured(
    'no permission for phonenumber.getPhoneNumber: deploy the function’s config.json with it (permissions.openapi) and wait up to ten minutes',
  ),
  [-604104]: misconfigured('WeChat does not take openapi calls from where this function was called'),
}

function misconfigured(log: string): Meaning {
  return { reason: 'MISCONFIGURED', log }
}

function refusalOf(error: unknown): AppError {
  const { errCode } = readSdkError(error)
  const meaning = (errCode === undefined ? undefined : MEANINGS[errCode]) ?? BUSY
  const { reason, log, retryAfterSeconds } = meaning
  return new AppError(reason, {
    log: log ?? `getPhoneNumber failed: ${errCode ?? 'without a number'}`,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })
}
