import { isDeepStrictEqual } from 'node:util'
import type { Action, Outcome } from './actions.ts'
import type { Behaviour } from './behaviour.ts'
import { Course } from './course.ts'
import { type Deed, withAsked } from './deed.ts'
import type { Effects } from './effects.ts'
import type { Footprints } from './footprints.ts'
import { make } from './make.ts'
import { Moment } from './moment.ts'
import type { Person } from './person.ts'
import { begin, type Choose, endOf, run } from './schedule.ts'
import { nameOf, type Step } from './step.ts'

/** A schedule that broke something, ready to be run again. */
export interface Finding {
  actions: string[]
  schedule: string[]
  violation: string
}

export interface Exploration {
  /** How often the functions themselves were run. */
  runs: number
  /** What it can come to: what is stored, and what each action has answered. */
  ends: Set<string>
  findings: Finding[]
}

/** Runs every interleaving of the actions' operations, one by one, and leaves nothing out. */
export async function runAll(person: Person, actions: readonly Action[]): Promise<Exploration> {
  const all: Exploration = { runs: 0, ends: new Set(), findings: [] }
  const open: string[][] = [[]]
  for (let way = open.pop(); way; way = open.pop()) {
    const done = await run(person, actions, following(way, open))
    all.runs += 1
    if (done.end) all.ends.add(done.end)
    if (done.violation !== undefined) all.findings.push(findingOf(actions, done.schedule, done.violation))
  }
  return all
}

/** What has been learned of the actions on one person, the one of `effects`, and what they touch. */
export interface Knowledge {
  behaviour: Behaviour
  effects: Effects
  footprints?: Footprints
}

/**
 * As `runAll`, with the same ends and the same violations (naive.test.ts), in very much less time.
 *
 * No state is gone on from twice. A state is all that is stored, all that each action has asked and was answered, and
 * what the invariants remember; time and chance are pinned, so what follows is the same on whatever way it was reached.
 *
 * A function is run only to learn what it does after answers it never had. Where that is known, its request is made
 * without it: by the same database, with the same effect and the same answer, and once for the same documents. Each time a function is run it is looked
 * at that it asks what it asked before after the same answers, in whatever order they came, and that the same is stored
 * as was expected.
 * @param maximumRuns of functions: with more to run, the rest is left out, and the result says so
 */
export async function followAll(
  actions: readonly Action[],
  knowledge: Knowledge,
  maximumRuns = Number.POSITIVE_INFINITY,
): Promise<Followed> {
  let runs = 0
  for (;;) {
    const version = knowledge.footprints?.version
    const all = await new Following(actions, knowledge).all(maximumRuns)
    runs += all.runs
    // An action did what it had never been seen doing: what was left out before may matter.
    if (version === knowledge.footprints?.version) return { ...all, runs }
  }
}

export interface Followed extends Exploration {
  states: number
  /** Whether every state was gone on from. */
  isWhole: boolean
  /** How many interleavings lead through those states, from the beginning to an end or a finding. */
  interleavings: bigint
}

/** A moment that was met and not gone on from yet. */
interface Open {
  moment: Moment
  way: readonly Step[]
}

class Following {
  readonly #person: Person
  readonly #actions: readonly Action[]
  readonly #behaviour: Behaviour
  readonly #effects: Effects
  readonly #footprints: Footprints | undefined
  /** The states that were met, each with those that its steps lead to; undefined for one that breaks something. */
  readonly #met = new Map<string, (string | undefined)[]>()
  readonly #open: Open[] = []
  readonly #ends = new Set<string>()
  readonly #findings: Finding[] = []
  #runs = 0

  constructor(actions: readonly Action[], { behaviour, effects, footprints }: Knowledge) {
    this.#person = effects.person
    this.#actions = actions
    this.#behaviour = behaviour
    this.#effects = effects
    this.#footprints = footprints
  }

  async all(maximumRuns: number): Promise<Followed> {
    const invariants = begin(this.#person, this.#actions)
    const nothing = new Moment(
      this.#person.everything(),
      this.#actions.map(() => []),
      invariants,
    )
    const beginning = await this.#meet(nothing, [])
    while (this.#runs < maximumRuns) {
      const open = this.#open.pop()
      if (!open) break
      await this.#goOn(open)
    }
    return {
      isWhole: this.#open.length === 0,
      runs: this.#runs,
      ends: this.#ends,
      findings: this.#findings,
      states: this.#met.size,
      interleavings: waysFrom(beginning, this.#met),
    }
  }

  /**
   * @param reached before the action that has made the last step has gone on
   * @returns the state
   */
  async #meet(reached: Moment, way: readonly Step[]): Promise<string> {
    const moment = this.#goneOn(reached, way.at(-1)) ?? (await this.#learn(reached, way))
    const { state } = moment
    if (this.#met.has(state)) return state
    this.#met.set(state, [])
    this.#open.push({ moment, way })
    return state
  }

  async #goOn({ moment, way }: Open): Promise<void> {
    const { steps } = moment
    if (steps.length === 0) return this.#end(moment, way)
    const names = this.#actions.map(({ name }) => name)
    const toTry = this.#footprints?.toTry(steps, names) ?? steps
    const next = this.#met.get(moment.state)
    for (const step of [...toTry].reverse()) next?.push(await this.#take(moment, way, step))
  }

  /** @returns the state it leads to; undefined if it breaks something */
  async #take(moment: Moment, before: readonly Step[], step: Step): Promise<string | undefined> {
    const action = this.#actionOf(step)
    this.#footprints?.note(action.name, step.deed.asked)
    const after = await moment.after(this.#effects, action, step)
    const way = [...before, step]
    if (after.violation === undefined) return this.#meet(after.moment, way)
    await this.#find(way)
    return undefined
  }

  async #end(moment: Moment, way: readonly Step[]): Promise<void> {
    const outcomes = this.#actions.map((_action, number) => this.#outcomeOf(moment, number))
    this.#ends.add(endOf(moment.stored, outcomes))
    this.#person.put(moment.stored)
    const works = (token: string) => this.#effects.tokenWorks(token, moment.stored)
    const violation = await moment.invariants.afterAll(this.#actions, outcomes, works)
    if (violation !== undefined) await this.#find(way)
  }

  /** With what the action of the last step asks next, or all of them at the beginning; undefined if it is not known. */
  #goneOn({ stored, deeds, invariants }: Moment, step: Step | undefined): Moment | undefined {
    const all: (readonly Deed[])[] = []
    for (const [number, action] of this.#actions.entries()) {
      const own = deeds[number] ?? []
      if (step !== undefined && step.number !== number) {
        all.push(own)
        continue
      }
      const next = this.#behaviour.after(action, number, own)
      if (!next) return undefined
      all.push(withAsked(own, next.asked, step?.deed))
    }
    return new Moment(stored, all, invariants)
  }

  /**
   * Runs the action of the last step along this way and on to its end; at the beginning, all of them. The steps of the
   * other are made without it.
   * @throws Error if that comes to another moment than it should be
   */
  async #learn(reached: Moment, way: readonly Step[]): Promise<Moment> {
    const last = way.at(-1)
    for (const [number, action] of this.#actions.entries()) {
      if (last === undefined || last.number === number) await this.#run(action, number, reached, way)
    }
    const moment = this.#goneOn(reached, last)
    if (!moment) throw new Error(`nothing is known after ${way.map(nameOf).join(', ')}`)
    return moment
  }

  async #run(action: Action, number: number, reached: Moment, way: readonly Step[]): Promise<void> {
    this.#runs += 1
    begin(this.#person, this.#actions)
    const course = new Course(this.#person, action, number)
    await this.#behaviour.watch(course)
    for (const step of way) {
      if (step.number === number) await this.#behaviour.retrace(course, step)
      else await make(this.#person, this.#actionOf(step), step.deed.asked)
    }
    const stored = this.#person.everything()
    await this.#behaviour.finish(course)
    if (!isDeepStrictEqual(stored, reached.stored)) {
      throw new Error(`something else is stored after ${way.map(nameOf).join(', ')}`)
    }
  }

  /** What was found is what the functions really do. @throws Error if they do not */
  async #find(way: readonly Step[]): Promise<void> {
    this.#runs += 1
    const { schedule, violation } = await run(this.#person, this.#actions, retracing(way))
    if (violation === undefined) throw new Error(`nothing breaks by ${way.map(nameOf).join(', ')}`)
    this.#findings.push(findingOf(this.#actions, schedule, violation))
  }

  #actionOf({ number }: Step): Action {
    const action = this.#actions[number]
    if (!action) throw new RangeError(`no action ${number}`)
    return action
  }

  #outcomeOf({ deeds }: Moment, number: number): Outcome | undefined {
    const action = this.#actions[number]
    return action && this.#behaviour.after(action, number, deeds[number] ?? [])?.outcome
  }
}

/** How many ways there are from a state to an end. A step leads to where more was asked or answered, so none goes round. */
function waysFrom(
  state: string | undefined,
  next: ReadonlyMap<string, readonly (string | undefined)[]>,
  known = new Map<string, bigint>(),
): bigint {
  if (state === undefined) return 1n
  const already = known.get(state)
  if (already !== undefined) return already
  const after = next.get(state) ?? []
  const ways = after.length === 0 ? 1n : after.reduce((sum, one) => sum + waysFrom(one, next, known), 0n)
  known.set(state, ways)
  return ways
}

/** Runs one interleaving, chosen at random. */
export async function runOne(
  person: Person,
  actions: readonly Action[],
  random: () => number,
): Promise<Finding | undefined> {
  const choose: Choose = (steps) => pick(steps, Math.floor(random() * steps.length))
  const done = await run(person, actions, choose)
  return done.violation === undefined ? undefined : findingOf(actions, done.schedule, done.violation)
}

function pick(steps: readonly Step[], place: number): Step {
  const step = steps[place]
  if (!step) throw new RangeError(`no choice ${place}`)
  return step
}

/**
 * Takes the steps of these names, then whatever comes first. Another choice of steps than before is no schedule any
 * more.
 * @param open is given the other ways that could have been gone after these steps
 */
export function following(way: readonly string[], open?: string[][]): Choose {
  const taken: string[] = []
  return (steps) => {
    const name = way[taken.length]
    const step = name === undefined ? pick(steps, 0) : steps.find((choice) => nameOf(choice) === name)
    if (!step) {
      const names = steps.map(nameOf).join(', ')
      throw new Error(`step ${taken.length + 1}, ${name}, is not among ${names}`)
    }
    if (name === undefined) {
      for (const other of steps) if (other !== step) open?.push([...taken, nameOf(other)])
    }
    taken.push(nameOf(step))
    return step
  }
}

/** Takes the steps that ask the same as these, whatever they are called this time, then whatever comes first. */
function retracing(way: readonly Step[]): Choose {
  let place = 0
  return (steps) => {
    const wanted = way[place]
    place += 1
    if (!wanted) return pick(steps, 0)
    const alike = steps.filter(({ number, deed }) => number === wanted.number && isSame(deed, wanted.deed))
    if (alike.length !== 1)
      throw new Error(`step ${place}, ${nameOf(wanted)}, is there ${alike.length} times`)
    return pick(alike, 0)
  }
}

function isSame(deed: Deed, other: Deed): boolean {
  return deed.asked.text === other.asked.text && deed.cause === other.cause
}

function findingOf(actions: readonly Action[], schedule: readonly string[], violation: string): Finding {
  return { actions: actions.map(({ name }) => name), schedule: [...schedule], violation }
}

/** The command that runs a finding again. */
export function replayCommand({ actions, schedule }: Finding): string {
  return `REPLAY='${JSON.stringify({ actions, schedule })}' npx vitest run test/races`
}
