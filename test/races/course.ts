import type { HeldInvocation } from '../../emulator/cloud/gate/held-invocation.ts'
import type { HeldOperation } from '../../emulator/cloud/gate/held-operation.ts'
import type { Action, Outcome } from './actions.ts'
import { answerText, askedBy, EDIT } from './asked.ts'
import { type Deed, withAnswer, withAsked } from './deed.ts'
import type { Next } from './next.ts'
import type { Person } from './person.ts'

/** An action under way. Its steps are the operations at the gate, or the one edit. */
export class Course {
  readonly action: Action
  /** Its place among the actions of the schedule; what it draws at random differs by it. */
  readonly number: number
  readonly #person: Person
  readonly #held: HeldInvocation | undefined
  #seen: readonly HeldOperation[] = []
  #deeds: readonly Deed[] = []
  #latest: Deed | undefined

  constructor(person: Person, action: Action, number: number) {
    this.action = action
    this.number = number
    this.#person = person
    if (action.function === undefined) return
    const { gate, appid } = person.kit.cloud
    const caller = {
      wx_client: { source: 'wx_client', appid, openid: person.openid },
      console: { source: 'console', appid },
      timer: { source: 'wx_trigger', appid },
    }[action.by ?? 'wx_client']
    const pinned = { nowMilliseconds: person.nowMilliseconds, seed: `action ${number}` }
    this.#held = gate.start(action.function, action.data?.(person) ?? {}, caller, { pinned })
  }

  get deeds(): readonly Deed[] {
    return this.#deeds
  }

  /** What could be done next. */
  get waiting(): readonly Deed[] {
    return this.#deeds.filter(({ answer }) => answer === undefined)
  }

  /** Waits until it waits. Returns what it has asked since the last time, which is among its deeds from then on. */
  async still(): Promise<Next> {
    await this.#held?.still()
    const asked = this.#held ? this.#newOperations(this.#held).map(askedBy) : this.#latest ? [] : [EDIT]
    return { asked, outcome: this.outcome }
  }

  #newOperations({ waiting }: HeldInvocation): HeldOperation[] {
    const added = waiting.filter((operation) => !this.#seen.includes(operation))
    this.#seen = [...this.#seen, ...added]
    return added
  }

  asks(next: Next): void {
    this.#deeds = withAsked(this.#deeds, next.asked, this.#latest)
  }

  async take(deed: Deed): Promise<void> {
    const { asked } = deed
    await this.#held?.release(asked.name)
    if (!this.#held) this.action.edit?.(this.#person)
    const operation = this.#seen.find(({ name }) => name === asked.name)
    this.#deeds = withAnswer(this.#deeds, deed, answerText(asked, operation?.answer))
    this.#latest = deed
  }

  /** Lets all go that is held. */
  async letGo(): Promise<void> {
    const { waiting = [] } = this.#held ?? {}
    for (const operation of waiting) operation.release()
    await this.#held?.still()
    if (waiting.length > 0) await this.letGo()
  }

  /** As `wx.cloud.callFunction` gives it; absent for an edit. */
  get outcome(): Outcome | undefined {
    if (!this.#held) return undefined
    if (!this.#held.end) return { errMsg: 'it waits for nothing and does not end' }
    const { failure } = this.#held.end
    return failure ? { errMsg: failure.message } : { result: JSON.parse(this.#held.end.json) }
  }
}
