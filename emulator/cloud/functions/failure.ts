/**
 * A call of a function that did not end in an answer, with the number and text a mini-program sees.
 * Numbers: the platform's 云函数错误码.
 */
export class FunctionFailure extends Error {
  override readonly name = 'FunctionFailure'
  readonly errCode: number
  /** The word the server SDK gets for the same failure. */
  readonly code: string

  constructor(errCode: number, code: string, message: string) {
    super(message)
    this.errCode = errCode
    this.code = code
  }

  /** The `errMsg` of `wx.cloud.callFunction`. */
  clientMessage(requestId: string): string {
    return `cloud.callFunction:fail Error: errCode: ${this.errCode}  | errMsg: ${this.message} (callId: ${requestId})`
  }
}

export const functionNotFound = () =>
  new FunctionFailure(-501000, 'FUNCTION_NOT_FOUND', 'FunctionName parameter could not be found.')

/** @param message what the function threw: the platform hands it to the client as it is */
export const functionThrew = (message: string) =>
  new FunctionFailure(-504002, 'FUNCTIONS_EXECUTE_FAIL', message)

export const functionTimedOut = (seconds: number) =>
  new FunctionFailure(
    -504003,
    'FUNCTIONS_TIME_LIMIT_EXCEEDED',
    `Invoking task timed out after ${seconds} seconds`,
  )

export const requestTooLarge = () =>
  new FunctionFailure(-601002, 'INVALID_PARAM', 'data exceed max size of a call')

export const responseTooLarge = () =>
  new FunctionFailure(-604001, 'FUNCTIONS_EXECUTE_FAIL', 'response size exceed limit')
