/** A guard broken on purpose: what then stands in its place, and which test must notice. */
export interface Mutation {
  guard: string
  /** From the root of the project. */
  file: string
  /** Texts that occur exactly once in the file, each with what replaces it. */
  edits: readonly (readonly [text: string, replacement: string])[]
  test: string
  /** Part of the test's name. */
  name: string
}

/** File, text and replacement as in `Mutation.edits`, the test and part of its name. */
export type Row = [guard: string, file: string, text: string, replacement: string, test: string, name: string]

/** For guards with one edit each, in files of one folder. */
export function rowsBelow(folder: string): (...all: Row[]) => Mutation[] {
  return (...all) =>
    all.map(([guard, file, text, replacement, test, name]) => {
      return { guard, file: folder + file, edits: [[text, replacement]], test, name }
    })
}
