/** How to break a guard on purpose, and which test must then fail. */
export interface Mutation {
  /** What it keeps from going wrong, in words; unique. */
  guard: string
  /** From the root of the project. */
  file: string
  /** Texts that occur exactly once in the file, each with what replaces it. */
  edits: readonly (readonly [text: string, replacement: string])[]
  /** The test file, from the root of the project. */
  test: string
  /** Part of the names of the tests that must notice. */
  name: string
}

/** A row with one edit; the file is relative to the folder of `rowsBelow`. */
export type Row = [guard: string, file: string, text: string, replacement: string, test: string, name: string]

/** Makes the mutations of rows whose files are in one folder. */
export function rowsBelow(folder: string): (...all: Row[]) => Mutation[] {
  return (...all) =>
    all.map(([guard, file, text, replacement, test, name]) => {
      return { guard, file: folder + file, edits: [[text, replacement]], test, name }
    })
}
