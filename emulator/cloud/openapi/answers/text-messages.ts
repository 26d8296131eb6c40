import type { OpenApiHandler } from '../openapi.ts'

/** `cloudbase.sendSms`: the text message appears in the log of the call, its numbers are those of the call. */
export const sendTextMessage: OpenApiHandler = (
  { phone_number_list: numbers, content, template_id: id },
  call,
) => {
  if (!Array.isArray(numbers) || numbers.length === 0) return { errcode: 40097, errmsg: 'invalid args' }
  call.log(`短信 text message: ${String(content ?? id ?? '')}`)
  const statuses = numbers.map((number) => ({
    serial_no: call.requestId,
    phone_number: String(number),
    code: 'Ok',
    message: 'send success',
    iso_code: 'CN',
  }))
  return { errcode: 0, errmsg: 'ok', send_status_list: statuses }
}
