import type { Action } from './actions.ts'
import type { Course } from './course.ts'
import { type Deed, textOf } from './deed.ts'
import type { Next } from './next.ts'
import { nameOf, type Step } from './step.ts'

/**
 * What each action was seen to do next after which deeds. It depends on nothing else, since time and chance are pinned
 * and a function waits for all that it sends together; whenever an action is seen after the same deeds again, it is
 * looked at that it does the same.
 */
export class Behaviour {
  readonly #seen = new Map<string, Next>()

  /** Undefined if the action was never seen after these deeds. */
  after(action: Action, number: number, deeds: readonly Deed[]): Next | undefined {
    return this.#seen.get(keyOf(action, number, deeds))
  }

  /** Waits until an action that is run waits, and notes what it asks. @throws Error if that is not what it asked before */
  async watch(course: Course): Promise<void> {
    const { action, number, deeds } = course
    const next = await course.still()
    const key = keyOf(action, number, deeds)
    const known = this.#seen.get(key)
    if (known !== undefined && sayingOf(known) !== sayingOf(next)) {
      throw new Error(`${action.name} goes on in two ways after the same answers`)
    }
    if (known === undefined) this.#seen.set(key, next)
    course.asks(next)
  }

  /** Lets an action that is run take a step of an earlier run. @throws Error if it is not at that step */
  async retrace(course: Course, step: Step): Promise<void> {
    const { asked, cause } = step.deed
    const alike = course.waiting.filter((deed) => deed.asked.text === asked.text && deed.cause === cause)
    const [deed] = alike
    if (!deed || alike.length > 1) throw new Error(`${nameOf(step)} is waited at ${alike.length} times`)
    await course.take(deed)
    await this.watch(course)
  }

  /** Lets an action that is run come to its end. */
  async finish(course: Course): Promise<void> {
    for (let [deed] = course.waiting; deed; [deed] = course.waiting) {
      await course.take(deed)
      await this.watch(course)
    }
  }
}

function keyOf({ name }: Action, number: number, deeds: readonly Deed[]): string {
  return [number, name, textOf(deeds)].join('\n')
}

function sayingOf({ asked, outcome }: Next): string {
  return JSON.stringify([asked.map(({ text }) => text).sort(), outcome])
}
