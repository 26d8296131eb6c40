import type { Deed } from './deed.ts'
import { FAULT_KINDS, FAULTS_OF_A_WHOLE_CALL, type FaultKind } from './fault-kinds.ts'
import { type Befalling, UPLOAD } from './line.ts'
import type { Operation } from './matrix.ts'
import { PHONE_FAULT_KINDS, type PhoneFaultKind } from './phone-fault-kinds.ts'
import { EXCHANGE } from './phone-owner.ts'

/** One thing that leaves the phone when nothing goes wrong, and what the cloud does for it. */
export interface Step {
  name: string
  data: Record<string, unknown>
  operations: Operation[]
}

export interface CleanDeed {
  deed: Deed
  steps: Step[]
}

/** One fault in one step of one deed. */
export interface PhoneCase {
  name: string
  deed: Deed
  befalling: Befalling
  takesLong: boolean
  /** The number may never be learned and its code be spent, so that only a new authorization helps. */
  mayCostAgain: boolean
}

/** Kinds of one family differ to a function, which tells them alike to the phone. */
function familyOf({ answer, kills, losesAnswer, takesLong }: FaultKind): string {
  if (kills) return 'killed'
  if (takesLong) return 'long'
  if (answer.kind === 'slow') return 'slow'
  return losesAnswer ? 'lost' : 'refused'
}

/** What is made: every fault that there is, or enough of them for every day. */
export class PhoneCases {
  readonly #isAll: boolean
  /** Of calls that were met before, on another page: their operations are as those were. */
  readonly #known = new Set<string>()
  /** The same in every run, and another for every place. */
  #turns = 0

  /**
   * @param isAll otherwise, in turn, each operation meets one kind that stays and, in a call that is new, one of each
   * family that does not; each step meets one of each family on its way, or one of all if it is not new
   */
  constructor(isAll: boolean) {
    this.#isAll = isAll
  }

  /**
   * Every step of a deed with what can befall its operations in the cloud, and the step itself on its way there and
   * back: once, or for as long as the phone tries.
   */
  of({ deed, steps }: CleanDeed): PhoneCase[] {
    return steps.flatMap((step, place) => {
      const isNew = this.#isNew(step)
      return [
        ...step.operations.flatMap((operation) => this.#inOperation(deed, step, place, operation, isNew)),
        ...this.#inWholeCall(deed, step, place, isNew),
        ...this.#onTheWay(deed, step, place, isNew),
      ]
    })
  }

  #isNew({ name, operations }: Step): boolean {
    const call = JSON.stringify([name, operations])
    const isNew = this.#isAll || !this.#known.has(call)
    this.#known.add(call)
    return isNew
  }

  #inOperation(deed: Deed, step: Step, place: number, operation: Operation, isNew: boolean): PhoneCase[] {
    const fitting = FAULT_KINDS.filter(({ action }) => action === undefined || action === operation.action)
    // What is refused once, or slow, is over with the next try; a process that dies again and again takes long to start.
    const lasting = fitting.filter((kind) => !/refused|slow/.test(familyOf(kind)))
    const repeated = fitting.filter(({ takesLong, kills }) => !takesLong && !kills)
    const once = this.#isAll ? fitting : isNew ? this.#oneOfEach(lasting, familyOf) : []
    const staying = this.#isAll ? fitting : this.#inTurn(repeated)
    return [
      ...once.map((kind) => caseInCloud(deed, step, { place, stays: false }, operation, kind)),
      ...staying.map((kind) => caseInCloud(deed, step, { place, stays: true }, operation, kind)),
    ]
  }

  #inWholeCall(deed: Deed, step: Step, place: number, isNew: boolean): PhoneCase[] {
    if (!isNew || step.operations.length === 0) return []
    return FAULTS_OF_A_WHOLE_CALL.map((kind) => caseInCloud(deed, step, { place, stays: false }, {}, kind))
  }

  #onTheWay(deed: Deed, step: Step, place: number, isNew: boolean): PhoneCase[] {
    const fitting = PHONE_FAULT_KINDS.filter(({ isOfCalls }) => !isOfCalls || step.name !== UPLOAD)
    const kinds = this.#oneOfEach(fitting, ({ family }) => family)
    const once = this.#isAll ? kinds : this.#inTurn(kinds)
    const staying = isNew ? kinds : this.#inTurn(kinds)
    return [
      ...once.map((kind) => caseOnTheWay(deed, step, { place, stays: false }, kind)),
      ...staying.map((kind) => caseOnTheWay(deed, step, { place, stays: true }, kind)),
    ]
  }

  #oneOfEach<Kind>(kinds: readonly Kind[], family: (kind: Kind) => string): readonly Kind[] {
    if (this.#isAll) return kinds
    const families = [...new Set(kinds.map(family))]
    return families.flatMap((name) => this.#inTurn(kinds.filter((kind) => family(kind) === name)))
  }

  #inTurn<Kind>(kinds: readonly Kind[]): Kind[] {
    this.#turns += 1
    return kinds.slice(this.#turns % kinds.length).slice(0, 1)
  }
}

type When = Pick<Befalling, 'place' | 'stays'>

function caseInCloud(deed: Deed, step: Step, when: When, operation: Operation, kind: FaultKind): PhoneCase {
  const { action, target, operation: number } = operation
  const which = action === undefined ? 'every operation' : `${action} ${target}#${number}`
  return {
    name: nameOf(deed, step, when, `${which} · ${kind.name}`),
    deed,
    befalling: { ...when, inCloud: { ...operation, answer: kind.answer } },
    takesLong: kind.takesLong === true,
    mayCostAgain: mayCostAgain(step, operation, kind),
  }
}

function caseOnTheWay(deed: Deed, step: Step, when: When, kind: PhoneFaultKind): PhoneCase {
  const name = nameOf(deed, step, when, kind.name)
  return { name, deed, befalling: { ...when, onTheWay: kind }, takesLong: false, mayCostAgain: false }
}

function nameOf(deed: Deed, step: Step, { place, stays }: When, what: string): string {
  return `${deed.name} · ${place + 1} ${step.name} · ${what}${stays ? ', which stays' : ''}`
}

/** WeChat's answer was lost on its way to the function, or the process died that alone knew the number. */
function mayCostAgain(
  { operations }: Step,
  operation: Operation,
  { kills, losesAnswer }: FaultKind,
): boolean {
  if (operations.every(({ target }) => target !== EXCHANGE)) return false
  const befallsExchange = operation.target === undefined || operation.target === EXCHANGE
  return kills === true || (losesAnswer === true && befallsExchange)
}
