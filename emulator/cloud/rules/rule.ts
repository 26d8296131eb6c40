import { type Environment, EvaluationError, evaluate, isUnknown } from './evaluate.ts'
import type { Expression } from './expression.ts'
import { parseExpression } from './parse-expression.ts'
import { RuleError } from './rule-error.ts'
import { SyntaxProblem } from './tokens.ts'

/** What a rule says of an operation. */
export type Verdict = 'allowed' | 'denied' | 'unsettled'

/** One operation's rule: always, never, or an expression. */
export class Rule {
  /** As it was written. */
  readonly source: string
  readonly #expression: Expression

  private constructor(source: string, expression: Expression) {
    this.source = source
    this.#expression = expression
  }

  /**
   * @param key for the error
   * @throws RuleError unless it is a boolean or an expression
   */
  static parse(value: unknown, key: string, variables: readonly string[]): Rule {
    if (typeof value === 'boolean') return new Rule(String(value), { kind: 'literal', value })
    if (typeof value !== 'string') throw new RuleError('应当是 true、false 或表达式字符串', { key })
    try {
      return new Rule(value, parseExpression(value, variables))
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error
      throw new RuleError(error.message, { key, column: error.at + 1 })
    }
  }

  /** Only `true` allows. `unsettled`: a query finds more than the rule allows, or may do so. */
  judge(environment: Environment): Verdict {
    try {
      const value = evaluate(this.#expression, environment)
      if (isUnknown(value)) return 'unsettled'
      return value === true ? 'allowed' : 'denied'
    } catch (error) {
      if (error instanceof EvaluationError) return 'denied'
      throw error
    }
  }
}
