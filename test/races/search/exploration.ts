import type { Finding } from './finding.ts'

/** The result of a search. */
export interface Exploration {
  /** How often functions were executed. */
  runs: number
  /** One text for each combination of stored documents and outcomes that the actions can end in. */
  ends: Set<string>
  findings: Finding[]
}

export interface ReducedExploration extends Exploration {
  states: number
  /** Whether every state was expanded. */
  isComplete: boolean
  /** How many paths through these states lead from the start to an end or a violation. */
  interleavings: bigint
}
