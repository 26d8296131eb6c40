import type { Mistake } from '../program.ts'

/** What keeps the whole mini-program from running stands under the app's name, beside those of units. */
export const APP = 'app'

/**
 * What is wrong with a mini-program, and with which of its pages and components. A mistake is the page's that has it:
 * the others run.
 */
export class Diagnostics {
  /** Each once, in the order they were found. */
  readonly mistakes: Mistake[] = []
  /** What the phone does without, or does otherwise: nothing fails for it. */
  readonly notes: Mistake[] = []
  readonly #ofUnit = new Map<string, Mistake[]>()

  /** @param units paths of what cannot run for it; none where only the author has to know */
  add(mistake: Mistake, units: readonly string[]): void {
    const known = this.mistakes.find((other) => isSame(other, mistake))
    const kept = known ?? mistake
    if (!known) this.mistakes.push(kept)
    for (const unit of units) {
      const own = this.#ofUnit.get(unit) ?? []
      if (!own.includes(kept)) this.#ofUnit.set(unit, [...own, kept])
    }
  }

  note(note: Mistake): void {
    if (!this.notes.some((other) => isSame(other, note))) this.notes.push(note)
  }

  of(unit: string): readonly Mistake[] {
    return this.#ofUnit.get(unit) ?? []
  }

  /** Whether nothing of the mini-program can run. */
  get isFatal(): boolean {
    return this.#ofUnit.has(APP)
  }
}

function isSame(one: Mistake, other: Mistake): boolean {
  return one.file === other.file && one.line === other.line && one.message === other.message
}

/** A mistake with its line where that is known. */
export function mistakeAt(file: string, line: number | undefined, message: string): Mistake {
  return line === undefined ? { file, message } : { file, line, message }
}
