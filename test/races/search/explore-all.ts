import type { Action } from './action.ts'
import type { Exploration } from './exploration.ts'
import { type Finding, findingOf } from './finding.ts'
import type { RaceUser } from './race-user.ts'
import { runSchedule } from './run-schedule.ts'
import { chooseRandomly, followPath } from './schedulers.ts'

/** The naive search: runs every interleaving of the actions' requests, one by one. */
export async function exploreAll(user: RaceUser, actions: readonly Action[]): Promise<Exploration> {
  const exploration: Exploration = { runs: 0, ends: new Set(), findings: [] }
  const frontier: string[][] = [[]]
  for (let path = frontier.pop(); path; path = frontier.pop()) {
    const { schedule, violation, end } = await runSchedule(user, actions, followPath(path, frontier))
    exploration.runs += 1
    if (end) exploration.ends.add(end)
    if (violation !== undefined) exploration.findings.push(findingOf(actions, schedule, violation))
  }
  return exploration
}

/** Runs one interleaving that is chosen at random. */
export async function exploreOne(
  user: RaceUser,
  actions: readonly Action[],
  random: () => number,
): Promise<Finding | undefined> {
  const { schedule, violation } = await runSchedule(user, actions, chooseRandomly(random))
  return violation === undefined ? undefined : findingOf(actions, schedule, violation)
}
