import type { HeldInvocation } from '../../emulator/cloud/gate/held-invocation.ts'
import type { Action, Outcome } from './actions.ts'
import type { Footprints } from './footprints.ts'
import { Invariants } from './invariants.ts'
import type { Person } from './person.ts'

/** Which step to take, of those that could be taken next. */
export type Choose = (choices: readonly string[]) => string

/** One interleaving as it was run: each step is `<number of the action> <operation>`. */
export interface Run {
  schedule: string[]
  /** What could have been taken instead, step by step. */
  choices: (readonly string[])[]
  /** What went wrong, if anything did. */
  violation?: string
}

/** An action under way. Its steps are the operations at the gate, or the one edit. */
interface Course {
  action: Action
  held?: HeldInvocation
  isEdited: boolean
}

/** Runs the actions on one person from a fresh state, step by step as `choose` says, and looks after each step. */
export async function run(
  person: Person,
  actions: readonly Action[],
  choose: Choose,
  footprints?: Footprints,
): Promise<Run> {
  person.restore(actions.some(({ from }) => from === 'nobody') ? 'nobody' : 'known')
  const invariants = new Invariants(person)
  const courses = actions.map((action) => begin(person, action))
  const names = actions.map(({ name }) => name)
  const done: Run = { schedule: [], choices: [] }
  for (;;) {
    await Promise.all(courses.map(({ held }) => held?.still()))
    const steps = courses.flatMap(stepsOf)
    if (steps.length === 0) break
    const choices = footprints?.toTry(steps, names) ?? steps
    const step = choose(choices)
    const [, number = '', operation = ''] = /^(\d+) (.*)$/.exec(step) ?? []
    footprints?.note(names[Number(number)] ?? '', operation)
    done.schedule.push(step)
    done.choices.push(choices)
    await take(person, courses, step)
    const violation = invariants.afterStep()
    if (violation !== undefined) return letGo(courses, { ...done, violation })
  }
  const violation = await invariants.afterAll(actions, courses.map(outcomeOf))
  return violation === undefined ? done : { ...done, violation }
}

function begin(person: Person, action: Action): Course {
  if (action.function === undefined) return { action, isEdited: false }
  const { gate, appid } = person.kit.cloud
  const caller = {
    wx_client: { source: 'wx_client', appid, openid: person.openid },
    console: { source: 'console', appid },
    timer: { source: 'wx_trigger', appid },
  }[action.by ?? 'wx_client']
  return { action, held: gate.start(action.function, action.data?.(person) ?? {}, caller), isEdited: true }
}

function stepsOf({ held, isEdited }: Course, number: number): string[] {
  if (held) return held.waiting.map(({ name }) => `${number} ${name}`)
  return isEdited ? [] : [`${number} edit`]
}

async function take(person: Person, courses: readonly Course[], step: string): Promise<void> {
  const [, number = '', operation = ''] = /^(\d+) (.*)$/.exec(step) ?? []
  const course = courses[Number(number)]
  if (!course) throw new RangeError(`no such step: ${step}`)
  if (course.held) return course.held.release(operation)
  course.isEdited = true
  course.action.edit?.(person)
}

/** After a violation: what is still held is let go, so that its instances are free again. */
async function letGo(courses: readonly Course[], result: Run): Promise<Run> {
  for (;;) {
    await Promise.all(courses.map(({ held }) => held?.still()))
    const waiting = courses.flatMap(({ held }) => held?.waiting ?? [])
    if (waiting.length === 0) return result
    for (const operation of waiting) operation.release()
  }
}

/** As `wx.cloud.callFunction` gives it; absent for an edit. */
function outcomeOf({ held }: Course): Outcome | undefined {
  if (!held) return undefined
  if (!held.end) return { errMsg: 'it waits for nothing and does not end' }
  return held.end.failure ? { errMsg: held.end.failure.message } : { result: JSON.parse(held.end.json) }
}
