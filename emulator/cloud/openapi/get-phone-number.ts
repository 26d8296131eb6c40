import type { OpenApiCall, OpenApiHandler } from './openapi.ts'
import type { PhoneCodes } from './phone-codes.ts'

/** `phonenumber.getPhoneNumber` (手机号快速验证): turns a phone code into the number. */
export function getPhoneNumber(codes: PhoneCodes): OpenApiHandler {
  return (parameters: Record<string, unknown>, call: OpenApiCall) => {
    const exchange = codes.exchange(parameters['code'], parameters['openid'], call.appid)
    if (!exchange.ok) return { errcode: exchange.errcode, errmsg: exchange.errmsg }
    return { errcode: 0, errmsg: 'ok', phone_info: phoneInfoOf(exchange.number, call) }
  }
}

/** A number as WeChat gives it, by a code and by a cloudID alike. @param now milliseconds since 1970 */
export function phoneInfoOf(
  { countryCode, purePhoneNumber }: { countryCode: string; purePhoneNumber: string },
  { now, appid }: { now: number; appid: string },
) {
  return {
    phoneNumber: countryCode === '86' ? purePhoneNumber : `+${countryCode}${purePhoneNumber}`,
    purePhoneNumber,
    countryCode,
    watermark: { timestamp: Math.floor(now / 1000), appid },
  }
}
