export interface PlannedDestination {
  city: string
  days: number
}

let planned: PlannedDestination | undefined

/** What the home page is to plan when it is shown next. */
export function planDestination(destination: PlannedDestination): void {
  planned = destination
}

/** @returns what is to be planned, once */
export function takePlannedDestination(): PlannedDestination | undefined {
  const taken = planned
  planned = undefined
  return taken
}
