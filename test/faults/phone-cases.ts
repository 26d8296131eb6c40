import { UPLOAD } from 'wechat-cloud-emulator/testing'
import { FAULT_KINDS, FAULTS_OF_A_WHOLE_CALL, type FaultKind } from './fault-kinds.ts'
import type { Operation } from './matrix.ts'
import type { InjectedFault } from './network-proxy.ts'
import { PHONE_FAULT_KINDS, type PhoneFaultKind } from './phone-fault-kinds.ts'
import { EXCHANGE } from './phone-owner.ts'
import type { Scenario } from './scenario.ts'

/** One thing that leaves the phone when nothing goes wrong, and what the cloud does for it. */
export interface Step {
  name: string
  data: Record<string, unknown>
  operations: Operation[]
}

export interface CleanScenario {
  scenario: Scenario
  steps: Step[]
}

/** One fault in one step of one scenario. */
export interface PhoneCase {
  name: string
  scenario: Scenario
  injected: InjectedFault
  takesLong: boolean
  /** The number may never be learned and its code be spent, so that only a new authorization helps. */
  mayCostAgain: boolean
}

/**
 * - `sampled`: each step meets one kind on its way, and each operation of a call that no scenario made before meets one
 *   kind in the cloud: the next in turn, and in turn once or staying.
 * - `distinct`: each step meets every kind on its way, in turn once or staying, and each operation of a call that no
 *   scenario made before meets every kind in the cloud, once and staying.
 * - `everywhere`: each step and each operation meets every kind, once and staying.
 */
export type Coverage = 'sampled' | 'distinct' | 'everywhere'

/** Chooses the faults that the steps of the scenarios meet. */
export class PhoneCases {
  readonly #coverage: Coverage
  /** Calls seen so far, on any page: the same call has the same operations wherever it is made. */
  readonly #known = new Set<string>()
  /** The kinds of fault take turns, in the same order in every run. */
  #turns = 0

  constructor(coverage: Coverage) {
    this.#coverage = coverage
  }

  /** The faults of the operations of each step in the cloud, and of the step itself on its way there and back. */
  of({ scenario, steps }: CleanScenario): PhoneCase[] {
    return steps.flatMap((step, place) => {
      const isNew = this.#addCall(step)
      const inCloud = this.#coverage === 'everywhere' || isNew ? this.#inCloud(scenario, step, place) : []
      return [...inCloud, ...this.#onTheWay(scenario, step, place)]
    })
  }

  /** @returns whether it is new */
  #addCall({ name, operations }: Step): boolean {
    const call = JSON.stringify([name, operations])
    if (this.#known.has(call)) return false
    this.#known.add(call)
    return true
  }

  #inCloud(scenario: Scenario, step: Step, place: number): PhoneCase[] {
    const single = step.operations.flatMap((operation) => {
      const fitting = FAULT_KINDS.filter(({ action }) => action === undefined || action === operation.action)
      const chosen =
        this.#coverage === 'sampled'
          ? this.#next(fitting, { once: isFelt, staying: isQuick })
          : onceAndStaying(fitting)
      return chosen.map(([kind, stays]) => caseInCloud(scenario, step, { place, stays }, operation, kind))
    })
    if (this.#coverage === 'sampled' || step.operations.length === 0) return single
    const whole = FAULTS_OF_A_WHOLE_CALL.map((kind) => {
      return caseInCloud(scenario, step, { place, stays: false }, {}, kind)
    })
    return [...single, ...whole]
  }

  #onTheWay(scenario: Scenario, step: Step, place: number): PhoneCase[] {
    const fitting = PHONE_FAULT_KINDS.filter(({ isOfCalls }) => !isOfCalls || step.name !== UPLOAD)
    return this.#kindsOnTheWay(fitting).map(([kind, stays]) =>
      caseOnTheWay(scenario, step, { place, stays }, kind),
    )
  }

  #kindsOnTheWay(fitting: readonly PhoneFaultKind[]): Chosen<PhoneFaultKind>[] {
    if (this.#coverage === 'everywhere') return onceAndStaying(fitting)
    if (this.#coverage === 'distinct') return fitting.map((kind) => [kind, this.#staysInTurn()])
    return this.#next(familiesInTurn(fitting), { once: () => true, staying: () => true })
  }

  /** @param worth which kinds are worth one turn, of those that come once and of those that stay */
  #next<Kind>(
    kinds: readonly Kind[],
    worth: Record<'once' | 'staying', (kind: Kind) => boolean>,
  ): Chosen<Kind>[] {
    const stays = this.#staysInTurn()
    const fitting = kinds.filter(stays ? worth.staying : worth.once)
    return fitting
      .slice(Math.floor(this.#turns / 2) % fitting.length)
      .slice(0, 1)
      .map((kind) => [kind, stays])
  }

  /** Takes the next turn. @returns whether the fault stays */
  #staysInTurn(): boolean {
    this.#turns += 1
    return this.#turns % 2 === 0
  }
}

type Chosen<Kind> = [kind: Kind, stays: boolean]

function onceAndStaying<Kind>(kinds: readonly Kind[]): Chosen<Kind>[] {
  return [false, true].flatMap((stays) => kinds.map((kind): Chosen<Kind> => [kind, stays]))
}

/** One kind of each family, then the next of each, so that a family of many kinds comes no more often than the others. */
function familiesInTurn(kinds: readonly PhoneFaultKind[]): PhoneFaultKind[] {
  const names = [...new Set(kinds.map(({ family }) => family))]
  const families = names.map((name) => kinds.filter(({ family }) => family === name))
  const rounds = Math.max(...families.map(({ length }) => length))
  return Array.from({ length: rounds }).flatMap((_, round) =>
    families.flatMap((family) => family.slice(round % family.length).slice(0, 1)),
  )
}

/** A refusal or a slow answer that comes once is over with the next try. */
function isFelt({ answer, kills, losesAnswer, takesLong }: FaultKind): boolean {
  return kills === true || takesLong === true || (losesAnswer === true && answer.kind !== 'slow')
}

/** A process that dies at every try takes long to start, as a time-out at every try takes long to pass. */
function isQuick({ kills, takesLong }: FaultKind): boolean {
  return !takesLong && !kills
}

type When = Pick<InjectedFault, 'place' | 'stays'>

function caseInCloud(
  scenario: Scenario,
  step: Step,
  when: When,
  operation: Operation,
  kind: FaultKind,
): PhoneCase {
  const { action, target, operation: number } = operation
  const which = action === undefined ? 'every operation' : `${action} ${target}#${number}`
  return {
    name: nameOf(scenario, step, when, `${which} · ${kind.name}`),
    scenario,
    injected: { ...when, inCloud: { ...operation, answer: kind.answer } },
    takesLong: kind.takesLong === true,
    mayCostAgain: mayCostAgain(step, operation, kind),
  }
}

function caseOnTheWay(scenario: Scenario, step: Step, when: When, kind: PhoneFaultKind): PhoneCase {
  const name = nameOf(scenario, step, when, kind.name)
  return { name, scenario, injected: { ...when, onTheWay: kind }, takesLong: false, mayCostAgain: false }
}

function nameOf(scenario: Scenario, step: Step, { place, stays }: When, what: string): string {
  return `${scenario.name} · ${place + 1} ${step.name} · ${what}${stays ? ', which stays' : ''}`
}

/** WeChat's answer was lost on its way to the function, or the process died that alone knew the number. */
function mayCostAgain(
  { operations }: Step,
  operation: Operation,
  { kills, losesAnswer }: FaultKind,
): boolean {
  if (operations.every(({ target }) => target !== EXCHANGE)) return false
  const isInExchange = operation.target === undefined || operation.target === EXCHANGE
  return kills === true || (losesAnswer === true && isInExchange)
}
