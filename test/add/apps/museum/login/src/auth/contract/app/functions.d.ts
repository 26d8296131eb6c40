import type { Exchange } from '../exchange'

/** The app's own cloud functions that `callGuarded` calls, each by its name. */
export interface AppFunctions {
  collect: Exchange<{ exhibit: string }, { count: number }>
}

export type { Exchange }
