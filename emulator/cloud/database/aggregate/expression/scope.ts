/** The variables an expression is evaluated with: `ROOT`, `CURRENT`, and those that `$let` and its kin bind. */
export type Scope = Readonly<Record<string, unknown>>

/** A compiled expression. A missing value is `undefined`. */
export type Evaluate = (scope: Scope) => unknown

/** Compiles the expressions inside an operator, with the variables that may be used there. */
export interface Compiler {
  readonly names: ReadonlySet<string>
  /** @throws DATABASE_REQUEST_FAILED, DATABASE_INVALID_OPERRATOR: before any document is read */
  compile(expression: unknown): Evaluate
  /** The same with more variables. @throws DATABASE_REQUEST_FAILED for a name that no variable can have */
  withNames(names: readonly string[]): Compiler
  /** The same with the system's variables of one stage, such as `$$KEEP`. */
  withDecisions(names: readonly string[]): Compiler
}

/** Compiles one operator with its operand. `name` is the operator's, with its `$`. */
export type Operator = (operand: unknown, compiler: Compiler, name: string) => Evaluate

/** The scope of a document at the top of a pipeline. */
export function scopeOf(document: unknown, outer: Scope = {}): Scope {
  return { ...outer, ROOT: document, CURRENT: document }
}

export function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined
}
