/** An interface of WeChat refuses. The message goes behind `<name>:fail `, the fields beside `errMsg`. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  readonly fields: Readonly<Record<string, unknown>>

  constructor(message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.fields = fields
  }
}
