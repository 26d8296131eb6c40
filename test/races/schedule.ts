import type { Action, Outcome } from './actions.ts'
import { Course } from './course.ts'
import { digest } from './digest.ts'
import { Invariants } from './invariants.ts'
import type { Person, Stored } from './person.ts'
import { nameOf, type Step, stepsOf } from './step.ts'

/** Which step to take next. */
export type Choose = (steps: readonly Step[]) => Step

/** One interleaving as it was run: each step is `<number of the action> <operation>`. */
export interface Run {
  schedule: string[]
  /** What went wrong, if anything did. */
  violation?: string
  /** What it has come to, if nothing went wrong on the way. */
  end?: string
}

/**
 * Runs the actions on one person from a fresh state, step by step as `choose` says, and looks after each step.
 */
export async function run(person: Person, actions: readonly Action[], choose: Choose): Promise<Run> {
  const invariants = begin(person, actions)
  const courses = actions.map((action, number) => new Course(person, action, number))
  const done: Run = { schedule: [] }
  let moved = courses
  for (;;) {
    for (const course of moved) {
      course.asks(await course.still())
    }
    const deeds = courses.map((course) => course.deeds)
    const steps = stepsOf(deeds)
    if (steps.length === 0) {
      const outcomes = courses.map(({ outcome }) => outcome)
      done.end = endOf(person.everything(), outcomes)
      const violation = await invariants.afterAll(actions, outcomes)
      return violation === undefined ? done : { ...done, violation }
    }
    const step = choose(steps)
    done.schedule.push(nameOf(step))
    moved = courses.filter(({ number }) => number === step.number)
    for (const course of moved) await course.take(step.deed)
    const violation = invariants.afterStep(person.users())
    if (violation === undefined) continue
    // What is still held is let go, so that its instances are free again.
    for (const course of courses) await course.letGo()
    return { ...done, violation }
  }
}

/** Puts the person where the actions start. */
export function begin(person: Person, actions: readonly Action[]): Invariants {
  person.restore(actions.some(({ from }) => from === 'nobody') ? 'nobody' : 'known')
  return Invariants.from(person)
}

/** The same if the same is stored and each action has answered the same. */
export function endOf(stored: Stored, outcomes: readonly (Outcome | undefined)[]): string {
  return digest(JSON.stringify([[...stored], outcomes]))
}
