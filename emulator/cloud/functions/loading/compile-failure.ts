/** A source of a function does not compile. The message ends with file and line. */
export class CompileFailure extends Error {
  override readonly name = 'SyntaxError'
  /** What is wrong, without the place. */
  readonly problem: string
  /** Absolute. */
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number

  constructor(
    message: string,
    problem: string,
    place: Readonly<{ file: string; line: number; column: number }>,
  ) {
    super(message)
    this.problem = problem
    this.file = place.file
    this.line = place.line
    this.column = place.column
  }
}
