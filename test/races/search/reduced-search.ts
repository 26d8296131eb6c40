import { isDeepStrictEqual } from 'node:util'
import type { Action, Outcome } from './action.ts'
import { applyRequest } from './apply-request.ts'
import { countPaths } from './count-paths.ts'
import type { Effects } from './effects.ts'
import { type ActionEvent, withRequests } from './event.ts'
import { Execution } from './execution.ts'
import type { ReducedExploration } from './exploration.ts'
import { type Finding, findingOf } from './finding.ts'
import type { Independence } from './independence.ts'
import type { LearnedTransitions } from './learned-transitions.ts'
import type { RaceUser } from './race-user.ts'
import { endDigest, restoreStart, runSchedule } from './run-schedule.ts'
import { replayPath } from './schedulers.ts'
import { State } from './state.ts'
import { nameOf, type Step } from './step.ts'

/** What is known of the actions on one user. All but the user can be shared between clouds. */
export interface Knowledge {
  user: RaceUser
  transitions: LearnedTransitions
  effects: Effects
}

/** A state that was visited and not expanded yet. */
interface FrontierState {
  state: State
  path: readonly Step[]
}

/** One depth-first search, as `explore-reduced.ts` describes it. */
export class ReducedSearch {
  readonly #user: RaceUser
  readonly #actions: readonly Action[]
  readonly #transitions: LearnedTransitions
  readonly #effects: Effects
  readonly #independence: Independence | undefined
  /** The key of each visited state with those of its successors; undefined for a step that violates an invariant. */
  readonly #visited = new Map<string, (string | undefined)[]>()
  readonly #frontier: FrontierState[] = []
  readonly #ends = new Set<string>()
  readonly #findings: Finding[] = []
  #runs = 0

  /** @param independence grows with what the search meets; without it every enabled step is explored */
  constructor(
    actions: readonly Action[],
    { user, transitions, effects }: Knowledge,
    independence: Independence | undefined,
  ) {
    this.#user = user
    this.#actions = actions
    this.#transitions = transitions
    this.#effects = effects
    this.#independence = independence
  }

  async explore(maximumRuns: number): Promise<ReducedExploration> {
    const invariants = restoreStart(this.#user, this.#actions)
    const histories = this.#actions.map(() => [])
    const start = await this.#visit(new State(this.#user.cloudDocuments.read(), histories, invariants), [])
    while (this.#runs < maximumRuns) {
      const next = this.#frontier.pop()
      if (!next) break
      await this.#expand(next)
    }
    return {
      isComplete: this.#frontier.length === 0,
      runs: this.#runs,
      ends: this.#ends,
      findings: this.#findings,
      states: this.#visited.size,
      interleavings: countPaths(start, this.#visited),
    }
  }

  /**
   * @param reached before the action of the last step has gone on
   * @returns the key of the state after it has
   */
  async #visit(reached: State, path: readonly Step[]): Promise<string> {
    const state = this.#advance(reached, path.at(-1)) ?? (await this.#learn(reached, path))
    if (this.#visited.has(state.key)) return state.key
    this.#visited.set(state.key, [])
    this.#frontier.push({ state, path })
    return state.key
  }

  async #expand({ state, path }: FrontierState): Promise<void> {
    const { enabled } = state
    if (enabled.length === 0) return this.#checkEnd(state, path)
    const names = this.#actions.map(({ name }) => name)
    const steps = this.#independence?.persistentSet(enabled, names) ?? enabled
    const successors = this.#visited.get(state.key)
    for (const step of [...steps].reverse()) successors?.push(await this.#perform(state, path, step))
  }

  /** @returns the key of the state that the step leads to; undefined if it violates an invariant */
  async #perform(before: State, pathBefore: readonly Step[], step: Step): Promise<string | undefined> {
    const action = this.#actionOf(step)
    this.#independence?.record(action.name, step.event.request)
    const { state, violation } = await before.perform(step, {
      user: this.#user,
      action,
      effects: this.#effects,
    })
    const path = [...pathBefore, step]
    if (violation === undefined) return this.#visit(state, path)
    await this.#report(path)
    return undefined
  }

  async #checkEnd({ stored, histories, invariants }: State, path: readonly Step[]): Promise<void> {
    const outcomes = this.#actions.map((action, number) => this.#outcomeOf(action, number, histories))
    this.#ends.add(endDigest(stored, outcomes))
    const isAccepted = (token: string) => this.#effects.acceptsToken(this.#user, token, stored)
    const violation = await invariants.checkEnd({ actions: this.#actions, outcomes, stored, isAccepted })
    if (violation !== undefined) await this.#report(path)
  }

  /**
   * The state after the action of the last step has issued its next requests; at the start, after all actions have.
   * Undefined if the transition is not known.
   */
  #advance({ stored, histories, invariants }: State, step: Step | undefined): State | undefined {
    const advanced: (readonly ActionEvent[])[] = []
    for (const [number, action] of this.#actions.entries()) {
      const history = histories[number] ?? []
      if (step !== undefined && step.number !== number) {
        advanced.push(history)
        continue
      }
      const transition = this.#transitions.after(action, number, history)
      if (!transition) return undefined
      advanced.push(withRequests(history, transition.requests, step?.event))
    }
    return new State(stored, advanced, invariants)
  }

  /** Learns what follows the path by executing the action of its last step; at the start, all actions. */
  async #learn(reached: State, path: readonly Step[]): Promise<State> {
    const last = path.at(-1)
    for (const [number, action] of this.#actions.entries()) {
      if (last === undefined || last.number === number) await this.#execute(action, number, reached, path)
    }
    const state = this.#advance(reached, last)
    if (!state) throw new Error(`no transition is known after ${path.map(nameOf).join(', ')}`)
    return state
  }

  /**
   * Executes one action along the path and on to its end. Applies the other actions' steps without their functions.
   * @throws Error if something else is stored after the path than in the state that the search has reached
   */
  async #execute(action: Action, number: number, reached: State, path: readonly Step[]): Promise<void> {
    this.#runs += 1
    restoreStart(this.#user, this.#actions)
    const execution = new Execution(this.#user, action, number)
    await this.#transitions.learn(execution)
    for (const step of path) {
      if (step.number === number) await this.#transitions.replay(execution, step)
      else await applyRequest(this.#user, this.#actionOf(step), step.event.request)
    }
    const stored = this.#user.cloudDocuments.read()
    await this.#transitions.finish(execution)
    if (!isDeepStrictEqual(stored, reached.stored)) {
      throw new Error(`something else is stored after ${path.map(nameOf).join(', ')}`)
    }
  }

  /** Reports a violation after running the path with all functions. @throws Error if that violates nothing */
  async #report(path: readonly Step[]): Promise<void> {
    this.#runs += 1
    const { schedule, violation } = await runSchedule(this.#user, this.#actions, replayPath(path))
    if (violation === undefined) throw new Error(`nothing is violated by ${path.map(nameOf).join(', ')}`)
    this.#findings.push(findingOf(this.#actions, schedule, violation))
  }

  #actionOf({ number }: Step): Action {
    const action = this.#actions[number]
    if (!action) throw new RangeError(`there is no action ${number}`)
    return action
  }

  #outcomeOf(action: Action, number: number, histories: State['histories']): Outcome | undefined {
    return this.#transitions.after(action, number, histories[number] ?? [])?.outcome
  }
}
