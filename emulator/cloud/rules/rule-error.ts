export interface RulePlace {
  /** The operation's key, such as `read` or `login.invoke`; empty for the rules as a whole. */
  key: string
  /** In the expression; the first character is 1. Absent where the value is no expression. */
  column?: number | undefined
}

/** A rule that is refused when it is set. */
export class RuleError extends Error {
  override readonly name = 'RuleError'
  readonly place: RulePlace
  readonly #reason: string

  constructor(reason: string, place: RulePlace) {
    const { key, column } = place
    const position = [key, ...(column === undefined ? [] : [`第 ${column} 个字符`])].filter(Boolean).join(' ')
    super(position === '' ? reason : `${position}：${reason}`)
    this.#reason = reason
    this.place = place
  }

  /** The same mistake, where the rules are the value of a key. */
  under(key: string): RuleError {
    const inner = this.place.key
    return new RuleError(this.#reason, { ...this.place, key: inner === '' ? key : `${key}.${inner}` })
  }
}
