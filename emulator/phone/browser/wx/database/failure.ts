/** Numbers that the base library itself gives (WeChat: 云开发错误码). */
export const CODES = {
  general: -1,
  notAllowed: -401001,
  badParameter: -401002,
  badType: -401003,
  circularReference: -402001,
  invalidParameters: -501007,
  requestFailed: -502001,
} as const

/** How a call of the database fails: an Error with `errCode` and `errMsg`. */
export class DatabaseFailure extends Error {
  override readonly name = 'Error'
  readonly errCode: number
  errMsg: string

  constructor(errCode: number, message: string) {
    super(message)
    this.errCode = errCode
    this.errMsg = message
  }

  /**
   * Puts the name of the interface in front, as WeChat does: `collection.get:fail …`.
   * @param call the stack of the call, so that the mini-program's line is in it
   */
  of(name: string, call = this.stack ?? ''): DatabaseFailure {
    const hasName = this.message.startsWith(`${name}:fail`)
    const failure = new DatabaseFailure(this.errCode, hasName ? this.message : `${name}:fail ${this.message}`)
    const frames = call.split('\n').filter((line) => /^\s+at /.test(line))
    failure.stack = [`Error: ${failure.message}`, ...frames].join('\n')
    return failure
  }
}
