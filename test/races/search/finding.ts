import type { Action } from './action.ts'

/** A schedule that violates an invariant. It can be run again. */
export interface Finding {
  /** Their names. */
  actions: string[]
  schedule: string[]
  violation: string
}

export function findingOf(
  actions: readonly Action[],
  schedule: readonly string[],
  violation: string,
): Finding {
  return { actions: actions.map(({ name }) => name), schedule: [...schedule], violation }
}

/** The command that runs a finding again. */
export function replayCommand({ actions, schedule }: Finding): string {
  return `REPLAY='${JSON.stringify({ actions, schedule })}' npx vitest run test/races`
}
