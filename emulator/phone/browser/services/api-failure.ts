/** An interface of WeChat fails. `errMsg` is `<name>:fail <message>`; the fields stand beside it. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  readonly fields: Readonly<Record<string, unknown>>

  constructor(message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.fields = fields
  }
}
