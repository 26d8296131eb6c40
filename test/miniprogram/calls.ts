import { type CallFilter, type FunctionCall, LOST_CALL, type Phone } from 'wechat-cloud-emulator/testing'

export const isPhoneLogin = ({ name, data }: FunctionCall): boolean => name === 'login' && 'phoneCode' in data
export const isSilent = ({ name, data }: FunctionCall): boolean =>
  name === 'login' && !('phoneCode' in data) && !('ticket' in data) && !('consent' in data)

/** A call of a function, with this action if there is one. */
export function isCallOf(name: string, action?: string): (call: FunctionCall) => boolean {
  return (call) => call.name === name && (action === undefined || call.data['action'] === action)
}

/** A refusal as the functions word it. */
export function refusal(reason: string): object {
  const code = /^(TOKEN_|SESSION_|ACCOUNT_)/.test(reason) ? 403 : 400
  return { code, reason, message: '', requestId: 'refused' }
}

/** The next call of the function is refused as if its token had gone bad while the app was open. */
export async function refuseToken(phone: Phone, functionName: string, times = 1): Promise<void> {
  await phone.answerCalls(functionName, () => refusal('TOKEN_SIGNATURE'), times)
}

/** Such calls do not reach the cloud, by default from now on. @returns a function that ends it */
export function loseCalls(
  phone: Phone,
  filter: CallFilter = () => true,
  times?: number,
): Promise<() => void> {
  return phone.answerCalls(filter, () => Promise.reject(LOST_CALL), times)
}
