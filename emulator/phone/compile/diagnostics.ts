import type { Diagnostic } from '../program/diagnostic.ts'

/** Path of the app itself: an error under it stops the whole mini-program. */
export const APP = 'app'

/** Collects errors and notes. An error stops only the pages and components it affects: the others run. */
export class Diagnostics {
  /** Without duplicates, in the order in which they were found. */
  readonly errors: Diagnostic[] = []
  /** What the phone ignores or does differently. A note stops nothing. */
  readonly notes: Diagnostic[] = []
  readonly #errorsByPath = new Map<string, Diagnostic[]>()

  /** @param affected paths of the pages and components that cannot run; may be empty */
  addError(error: Diagnostic, affected: readonly string[]): void {
    const known = this.errors.find((other) => isSame(other, error))
    const kept = known ?? error
    if (!known) this.errors.push(kept)
    for (const path of affected) {
      const errors = this.#errorsByPath.get(path) ?? []
      if (!errors.includes(kept)) this.#errorsByPath.set(path, [...errors, kept])
    }
  }

  addNote(note: Diagnostic): void {
    if (!this.notes.some((other) => isSame(other, note))) this.notes.push(note)
  }

  /** Errors that keep a page or component from running. */
  errorsOf(path: string): readonly Diagnostic[] {
    return this.#errorsByPath.get(path) ?? []
  }

  /** Whether an error stops the whole mini-program. */
  get isFatal(): boolean {
    return this.#errorsByPath.has(APP)
  }
}

function isSame(one: Diagnostic, other: Diagnostic): boolean {
  return one.file === other.file && one.line === other.line && one.message === other.message
}

/** A diagnostic, with its line if that is known. */
export function diagnosticAt(file: string, line: number | undefined, message: string): Diagnostic {
  return line === undefined ? { file, message } : { file, line, message }
}
