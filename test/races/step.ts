import type { Deed } from './deed.ts'

/** One thing that could be done next. */
export interface Step {
  /** Of the action. */
  number: number
  deed: Deed
}

/** As schedules have it. */
export function nameOf({ number, deed }: Step): string {
  return `${number} ${deed.asked.name}`
}

/** @param deeds by number of the action */
export function stepsOf(deeds: readonly (readonly Deed[])[]): Step[] {
  return deeds.flatMap((own, number) =>
    own.filter(({ answer }) => answer === undefined).map((deed) => ({ number, deed })),
  )
}
