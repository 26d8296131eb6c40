import type { ThrownError } from '../../control/invocation.ts'

/**
 * A call of a function that did not end in an answer, with the number and text a mini-program sees.
 * Numbers: the platform's 云函数错误码.
 */
export class FunctionFailure extends Error {
  override readonly name = 'FunctionFailure'
  readonly errCode: number
  /** The word the server SDK gets for the same failure. */
  readonly code: string
  /** For the developer alone: what the function threw, and where. */
  readonly thrown: ThrownError | undefined

  constructor(errCode: number, code: string, message: string, thrown?: ThrownError) {
    super(message)
    this.thrown = thrown
    this.errCode = errCode
    this.code = code
  }

  /** The `errMsg` of `wx.cloud.callFunction`. */
  clientMessage(requestId: string): string {
    return `cloud.callFunction:fail Error: errCode: ${this.errCode}  | errMsg: ${this.message} (callId: ${requestId})`
  }
}

/** @param reason why there is none here, for the developer */
export const functionNotFound = (reason: string) =>
  new FunctionFailure(-501000, 'FUNCTION_NOT_FOUND', `FunctionName parameter could not be found. (${reason})`)

/** @param message what the function threw: the platform hands it to the client as it is */
export const functionThrew = (message: string, thrown?: ThrownError) =>
  new FunctionFailure(-504002, 'FUNCTIONS_EXECUTE_FAIL', message, thrown)

export const functionTimedOut = (seconds: number) =>
  new FunctionFailure(
    -504003,
    'FUNCTIONS_TIME_LIMIT_EXCEEDED',
    `Invoking task timed out after ${seconds} seconds`,
  )

/** The answer did not reach its caller. As WeChat's client words a lost connection. */
export const answerLost = () => new FunctionFailure(-601001, 'NETWORK_ERROR', 'request:fail')

/** The function's security rule does not let mini-programs call it. Seen on the platform: `-501023 PERMISSION_DENIED`. */
export const invocationDenied = (functionName: string) =>
  new FunctionFailure(
    -501023,
    'PERMISSION_DENIED',
    `PERMISSION_DENIED（云函数安全规则不允许小程序端调用 ${functionName}）`,
  )

export const requestTooLarge = () =>
  new FunctionFailure(-601002, 'INVALID_PARAM', 'data exceed max size of a call')

export const responseTooLarge = () =>
  new FunctionFailure(-604001, 'FUNCTIONS_EXECUTE_FAIL', 'response size exceed limit')
