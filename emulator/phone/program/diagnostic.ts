/** An error or a note about the source of a mini-program, found while it is compiled. */
export interface Diagnostic {
  /** Path below the mini-program's folder. */
  file: string
  /** The first line is 1; absent where the compiler does not know it. */
  line?: number
  message: string
}

/** `file:line`, or the file alone where the line is not known. */
export function positionOf({ file, line }: Diagnostic): string {
  return line === undefined ? file : `${file}:${line}`
}

/** Position and message in one line. */
export function describeDiagnostic(diagnostic: Diagnostic): string {
  return `${positionOf(diagnostic)} ${diagnostic.message}`
}
