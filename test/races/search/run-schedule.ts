import type { Action, Outcome } from './action.ts'
import { digest } from './digest.ts'
import { Execution } from './execution.ts'
import { Invariants } from './invariants.ts'
import type { RaceUser } from './race-user.ts'
import type { Scheduler } from './schedulers.ts'
import { enabledSteps, nameOf } from './step.ts'
import { type Stored, storedDigest } from './stored.ts'

/** One interleaving that was run. */
interface ScheduleResult {
  /** The names of its steps. */
  schedule: string[]
  /** The invariant that was violated, in words. */
  violation?: string
  /** Identifies what is stored and answered at the end. Absent if a step violated an invariant. */
  end?: string
}

/** Runs the actions from their start, step by step as the scheduler says, and checks the invariants after each step. */
export async function runSchedule(
  user: RaceUser,
  actions: readonly Action[],
  choose: Scheduler,
): Promise<ScheduleResult> {
  const invariants = restoreStart(user, actions)
  const executions = actions.map((action, number) => new Execution(user, action, number))
  const result: ScheduleResult = { schedule: [] }
  let moved = executions
  for (;;) {
    for (const execution of moved) execution.record(await execution.nextTransition())
    const enabled = enabledSteps(executions.map(({ history }) => history))
    if (enabled.length === 0) {
      const outcomes = executions.map(({ outcome }) => outcome)
      const stored = user.cloudDocuments.read()
      result.end = endDigest(stored, outcomes)
      const violation = await invariants.checkEnd({ actions, outcomes, stored })
      return violation === undefined ? result : { ...result, violation }
    }
    const step = choose(enabled)
    result.schedule.push(nameOf(step))
    moved = executions.filter(({ number }) => number === step.number)
    for (const execution of moved) await execution.perform(step.event)
    const violation = invariants.checkStep(user.usersIn(user.cloudDocuments.read()))
    if (violation === undefined) continue
    // The calls that are still paused keep instances busy.
    for (const execution of executions) await execution.releaseAll()
    return { ...result, violation }
  }
}

/** Restores what the actions start from. */
export function restoreStart(user: RaceUser, actions: readonly Action[]): Invariants {
  const starts = actions.map(({ start }) => start)
  const [start = 'registered'] = (['unregistered', 'asked'] as const).filter((name) => starts.includes(name))
  user.restore(start)
  return Invariants.from(user)
}

/** Equal if the same is stored and each action has the same outcome. */
export function endDigest(stored: Stored, outcomes: readonly (Outcome | undefined)[]): string {
  return digest(JSON.stringify([storedDigest(stored), outcomes]))
}
