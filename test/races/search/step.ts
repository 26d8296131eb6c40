import type { ActionEvent } from './event.ts'

/** Answers one request of one action. */
export interface Step {
  /** The index of the action in the schedule. */
  number: number
  event: ActionEvent
}

/** As schedules name it: `<number of the action> <request>`. */
export function nameOf({ number, event }: Step): string {
  return `${number} ${event.request.name}`
}

/** @param histories by number of the action @returns a step for each request that is unanswered */
export function enabledSteps(histories: readonly (readonly ActionEvent[])[]): Step[] {
  return histories.flatMap((history, number) =>
    history.filter(({ answer }) => answer === undefined).map((event) => ({ number, event })),
  )
}

export function isSameStep(one: Step, other: Step): boolean {
  return one.number === other.number && isSameEvent(one.event, other.event)
}

/** Whether they are the same event of an action in two runs of it. */
export function isSameEvent(one: ActionEvent, other: ActionEvent): boolean {
  return one.request.fingerprint === other.request.fingerprint && one.cause === other.cause
}
