import type { Action } from './action.ts'
import { digest } from './digest.ts'
import type { Effects } from './effects.ts'
import { type ActionEvent, historyDigest, withAnswer } from './event.ts'
import type { Invariants } from './invariants.ts'
import type { RaceUser } from './race-user.ts'
import { enabledSteps, type Step } from './step.ts'
import { type Stored, storedDigest } from './stored.ts'

/** All that the rest of a schedule depends on. */
export class State {
  readonly stored: Stored
  /** By number of the action. */
  readonly histories: readonly (readonly ActionEvent[])[]
  readonly invariants: Invariants
  #key: string | undefined

  constructor(stored: Stored, histories: readonly (readonly ActionEvent[])[], invariants: Invariants) {
    this.stored = stored
    this.histories = histories
    this.invariants = invariants
  }

  /** Equal for states with the same schedules ahead of them. */
  get key(): string {
    const { stored, histories, invariants } = this
    this.#key ??= digest(
      JSON.stringify([storedDigest(stored), histories.map(historyDigest), invariants.memory]),
    )
    return this.#key
  }

  get enabled(): Step[] {
    return enabledSteps(this.histories)
  }

  /** Computes the state after a step, before the action goes on. @param user whose cloud applies the request */
  async perform(
    { number, event }: Step,
    { user, action, effects }: { user: RaceUser; action: Action; effects: Effects },
  ): Promise<{ state: State; violation: string | undefined }> {
    const { stored, answer } = await effects.apply(user, action, event.request, this.stored)
    const invariants = this.invariants.copy()
    const violation = invariants.checkStep(user.usersIn(stored))
    const histories = this.histories.map((history, index) =>
      index === number ? withAnswer(history, event, answer) : history,
    )
    return { state: new State(stored, histories, invariants), violation }
  }
}
