import type { OpenApiCall, OpenApiHandler } from './openapi.ts'
import type { PhoneCodes } from './phone-codes.ts'

/** `phonenumber.getPhoneNumber` (手机号快速验证): turns a phone code into the number. */
export function getPhoneNumber(codes: PhoneCodes): OpenApiHandler {
  return (parameters: Record<string, unknown>, call: OpenApiCall) => {
    const exchange = codes.exchange(parameters['code'], parameters['openid'], call.appid)
    if (!exchange.ok) return { errcode: exchange.errcode, errmsg: exchange.errmsg }
    const { countryCode, purePhoneNumber } = exchange.number
    return {
      errcode: 0,
      errmsg: 'ok',
      phone_info: {
        phoneNumber: countryCode === '86' ? purePhoneNumber : `+${countryCode}${purePhoneNumber}`,
        purePhoneNumber,
        countryCode,
        watermark: { timestamp: Math.floor(call.now / 1000), appid: call.appid },
      },
    }
  }
}
