import type { Action } from './actions.ts'
import type { Footprints } from './footprints.ts'
import type { Person } from './person.ts'
import { type Choose, type Run, run } from './schedule.ts'

/** A schedule that broke something, ready to be run again. */
export interface Finding {
  actions: string[]
  schedule: string[]
  violation: string
}

/**
 * Runs every interleaving of the actions' operations, by depth first: each run takes the first choice wherever it is
 * free, and the next run differs from it at the last place where another choice is left.
 * @param footprints leaves out interleavings that differ from one that is run in nothing but the order of operations
 * whose order makes no difference; absent: none is left out
 * @param most stops after so many
 * @returns how many were run, and those that broke something
 */
export async function runAll(
  person: Person,
  actions: readonly Action[],
  footprints?: Footprints,
  most = Number.POSITIVE_INFINITY,
): Promise<{ count: number; isWhole: boolean; findings: Finding[] }> {
  for (;;) {
    const version = footprints?.version
    const all = await runOnce(person, actions, footprints, most)
    // An action did what it had never been seen doing: what was left out before may matter.
    if (all.findings.length > 0 || version === footprints?.version) return all
  }
}

async function runOnce(
  person: Person,
  actions: readonly Action[],
  footprints: Footprints | undefined,
  most: number,
): Promise<{ count: number; isWhole: boolean; findings: Finding[] }> {
  const findings: Finding[] = []
  let prefix: string[] | undefined = []
  let count = 0
  while (prefix && count < most) {
    const done = await run(person, actions, following(prefix), footprints)
    count += 1
    if (done.violation !== undefined) findings.push(findingOf(actions, done, done.violation))
    prefix = nextPrefix(done)
  }
  return { count, isWhole: prefix === undefined, findings }
}

/** Runs one interleaving, chosen at random. */
export async function runOne(
  person: Person,
  actions: readonly Action[],
  random: () => number,
): Promise<Finding | undefined> {
  const done = await run(person, actions, (choices) => choices[Math.floor(random() * choices.length)] ?? '')
  return done.violation === undefined ? undefined : findingOf(actions, done, done.violation)
}

/** Takes these steps, then whatever comes first. Another choice of steps than before is no schedule any more. */
export function following(steps: readonly string[]): Choose {
  let place = 0
  return (choices) => {
    const step = steps[place] ?? choices[0] ?? ''
    place += 1
    if (!choices.includes(step)) throw new Error(`step ${place}, ${step}, is not among ${choices.join(', ')}`)
    return step
  }
}

/** The steps up to the last place where another choice is left, with that choice; undefined when all were taken. */
function nextPrefix({ schedule, choices }: Run): string[] | undefined {
  for (let place = schedule.length - 1; place >= 0; place--) {
    const taken = choices[place]?.indexOf(schedule[place] ?? '') ?? -1
    const next = choices[place]?.[taken + 1]
    if (next !== undefined) return [...schedule.slice(0, place), next]
  }
  return undefined
}

function findingOf(actions: readonly Action[], { schedule }: Run, violation: string): Finding {
  return { actions: actions.map(({ name }) => name), schedule, violation }
}

/** The command that runs a finding again. */
export function replayCommand({ actions, schedule }: Finding): string {
  return `REPLAY='${JSON.stringify({ actions, schedule })}' npx vitest run test/races`
}
