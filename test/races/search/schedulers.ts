import { isSameStep, nameOf, type Step } from './step.ts'

/** Chooses the next step of a schedule. */
export type Scheduler = (enabled: readonly Step[]) => Step

/**
 * Takes the steps of a path by name, then always the first that is enabled.
 * @param alternatives receives the other paths that branch off after the given one
 * @throws Error if a step of the path is not enabled
 */
export function followPath(path: readonly string[], alternatives?: string[][]): Scheduler {
  const taken: string[] = []
  return (enabled) => {
    const name = path[taken.length]
    const step = name === undefined ? stepAt(enabled, 0) : enabled.find((other) => nameOf(other) === name)
    if (!step) {
      const names = enabled.map(nameOf).join(', ')
      throw new Error(`step ${taken.length + 1}, ${name}, is not among ${names}`)
    }
    if (name === undefined) {
      for (const other of enabled) if (other !== step) alternatives?.push([...taken, nameOf(other)])
    }
    taken.push(nameOf(step))
    return step
  }
}

/**
 * Takes the steps of a path by what they ask, whatever their names are this time, then always the first that is enabled.
 * @throws Error if a step of the path is not enabled
 */
export function replayPath(path: readonly Step[]): Scheduler {
  let taken = 0
  return (enabled) => {
    const wanted = path[taken]
    taken += 1
    if (!wanted) return stepAt(enabled, 0)
    const same = enabled.filter((step) => isSameStep(step, wanted))
    if (same.length !== 1) {
      throw new Error(`step ${taken}, ${nameOf(wanted)}, is enabled ${same.length} times`)
    }
    return stepAt(same, 0)
  }
}

/** Takes steps at random. @param random from 0 to 1 */
export function chooseRandomly(random: () => number): Scheduler {
  return (enabled) => stepAt(enabled, Math.floor(random() * enabled.length))
}

function stepAt(enabled: readonly Step[], index: number): Step {
  const step = enabled[index]
  if (!step) throw new RangeError(`there is no step ${index}`)
  return step
}
