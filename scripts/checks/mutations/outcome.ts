import type { Mutation } from './mutation.ts'

/**
 * How a mutation ended. `noticed`: its test passes without the mutation and fails with it. Everything else is a
 * mistake in the test or in the row:
 * - `noticed at second`: as `noticed`, but the test passed once with the mutation before it failed;
 * - `survived`: the test passes with the mutation too, both times;
 * - `no such test`: no test of the file has the name;
 * - `red already`: the test fails without the mutation;
 * - `did not run`: the changed code cannot be built or loaded, or the test runner ended.
 */
export type Outcome =
  | 'noticed'
  | 'noticed at second'
  | 'survived'
  | 'no such test'
  | 'red already'
  | 'did not run'

/** All mutations of one test file, which are run one after another by one process. */
export interface Group {
  /** From the root of the project. */
  test: string
  mutations: readonly Mutation[]
}

export interface Result {
  mutation: Mutation
  outcome: Outcome
  seconds: number
}
