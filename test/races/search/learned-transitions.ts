import type { Action } from './action.ts'
import { type ActionEvent, historyDigest } from './event.ts'
import type { Execution } from './execution.ts'
import { isSameEvent, nameOf, type Step } from './step.ts'
import type { Transition } from './transition.ts'

/**
 * What each action does next, by its history. It depends on nothing else: time and randomness are pinned, and a function
 * waits for all requests that it issues together. Every execution checks this again: an action with a known history must
 * do what it did before.
 */
export class LearnedTransitions {
  readonly #transitions = new Map<string, Transition>()

  /** Undefined if no execution had this history. */
  after(action: Action, number: number, history: readonly ActionEvent[]): Transition | undefined {
    return this.#transitions.get(keyOf(action, number, history))
  }

  /** Waits for the execution's next transition and stores it. @throws Error if another one is known for this history */
  async learn(execution: Execution): Promise<void> {
    const { action, number, history } = execution
    const transition = await execution.nextTransition()
    const key = keyOf(action, number, history)
    const known = this.#transitions.get(key)
    if (known !== undefined && comparableText(known) !== comparableText(transition)) {
      throw new Error(`${action.name} has two transitions after the same answers`)
    }
    if (known === undefined) this.#transitions.set(key, transition)
    execution.record(transition)
  }

  /** Performs a step of an earlier execution in this one. @throws Error if exactly that step is not pending */
  async replay(execution: Execution, step: Step): Promise<void> {
    const same = execution.pending.filter((event) => isSameEvent(event, step.event))
    const [event] = same
    if (!event || same.length > 1) throw new Error(`${nameOf(step)} is pending ${same.length} times`)
    await execution.perform(event)
    await this.learn(execution)
  }

  /** Runs an execution to its end. */
  async finish(execution: Execution): Promise<void> {
    for (let [event] = execution.pending; event; [event] = execution.pending) {
      await execution.perform(event)
      await this.learn(execution)
    }
  }
}

function keyOf({ name }: Action, number: number, history: readonly ActionEvent[]): string {
  return [number, name, historyDigest(history)].join('\n')
}

function comparableText({ requests, outcome }: Transition): string {
  return JSON.stringify([requests.map(({ fingerprint }) => fingerprint).sort(), outcome])
}
