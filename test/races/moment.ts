import type { Action } from './actions.ts'
import { type Deed, textOf, withAnswer } from './deed.ts'
import { digest } from './digest.ts'
import { type Effects, storedText } from './effects.ts'
import type { Invariants } from './invariants.ts'
import type { Stored } from './person.ts'
import { type Step, stepsOf } from './step.ts'

/**
 * A moment between two steps, with all that what follows can depend on: what is stored, what each action has asked and
 * was answered, and what the invariants remember.
 */
export class Moment {
  readonly stored: Stored
  /** By number of the action. */
  readonly deeds: readonly (readonly Deed[])[]
  readonly invariants: Invariants

  constructor(stored: Stored, deeds: readonly (readonly Deed[])[], invariants: Invariants) {
    this.stored = stored
    this.deeds = deeds
    this.invariants = invariants
  }

  /** The same for moments that go on in the same ways. */
  get state(): string {
    return digest(JSON.stringify([storedText(this.stored), this.deeds.map(textOf), this.invariants.memory]))
  }

  get steps(): Step[] {
    return stepsOf(this.deeds)
  }

  /** With a step taken. */
  async after(
    effects: Effects,
    action: Action,
    { number, deed }: Step,
  ): Promise<{ moment: Moment; violation: string | undefined }> {
    const { stored, answer } = await effects.of(action, deed.asked, this.stored)
    const invariants = this.invariants.copy()
    const violation = invariants.afterStep(effects.person.usersAmong(stored))
    const deeds = this.deeds.map((own, place) => (place === number ? withAnswer(own, deed, answer) : own))
    return { moment: new Moment(stored, deeds, invariants), violation }
  }
}
