import type { PausedInvocation, PausedOperation } from 'wechat-cloud-emulator/testing'
import type { Action, Outcome } from './action.ts'
import { type ActionEvent, withAnswer, withRequests } from './event.ts'
import type { RaceUser } from './race-user.ts'
import { answerDigest, EDIT, requestOf } from './request.ts'
import type { Transition } from './transition.ts'

/** An action that is under way: a paused call of its function, or its edit. */
export class Execution {
  readonly action: Action
  /** The index of the action in the schedule. It seeds what the action draws at random. */
  readonly number: number
  readonly #user: RaceUser
  readonly #call: PausedInvocation | undefined
  #operations: readonly PausedOperation[] = []
  #history: readonly ActionEvent[] = []
  #latest: ActionEvent | undefined

  constructor(user: RaceUser, action: Action, number: number) {
    this.action = action
    this.number = number
    this.#user = user
    if (action.function === undefined) return
    const { scheduler, appid } = user.kit.cloud
    const { openid } = action.isCompanions ? user.requireCompanion() : user
    const caller = {
      wx_client: { source: 'wx_client', appid, openid },
      console: { source: 'console', appid },
      timer: { source: 'wx_trigger', appid },
    }[action.caller ?? 'wx_client']
    const pinned = { nowMilliseconds: user.nowMilliseconds, seed: `action ${number}` }
    this.#call = scheduler.start(action.function, action.request?.(user) ?? {}, caller, { pinned })
  }

  get history(): readonly ActionEvent[] {
    return this.#history
  }

  /** The events that are unanswered. */
  get pending(): readonly ActionEvent[] {
    return this.#history.filter(({ answer }) => answer === undefined)
  }

  /** Waits until the call is blocked, then returns what it did since the latest answer. */
  async nextTransition(): Promise<Transition> {
    await this.#call?.untilQuiescent()
    const requests = this.#call ? this.#takeNewOperations(this.#call).map(requestOf) : this.#editRequests()
    return { requests, outcome: this.outcome }
  }

  #takeNewOperations({ waiting }: PausedInvocation): PausedOperation[] {
    const added = waiting.filter((operation) => !this.#operations.includes(operation))
    this.#operations = [...this.#operations, ...added]
    return added
  }

  #editRequests() {
    return this.#latest ? [] : [EDIT]
  }

  /** Adds the transition to the history. */
  record({ requests }: Transition): void {
    this.#history = withRequests(this.#history, requests, this.#latest)
  }

  /** Lets the cloud answer the request of the event. */
  async perform(event: ActionEvent): Promise<void> {
    const { request } = event
    await this.#call?.release(request.name)
    if (!this.#call) this.action.edit?.(this.#user)
    const operation = this.#operations.find(({ name }) => name === request.name)
    this.#history = withAnswer(this.#history, event, answerDigest(request, operation?.answer))
    this.#latest = event
  }

  /** Lets the call run to its end without further pauses. */
  async releaseAll(): Promise<void> {
    const { waiting = [] } = this.#call ?? {}
    for (const operation of waiting) operation.release()
    await this.#call?.untilQuiescent()
    if (waiting.length > 0) await this.releaseAll()
  }

  /** Absent for an edit. */
  get outcome(): Outcome | undefined {
    if (!this.#call) return undefined
    if (!this.#call.end) return { errMsg: 'the call waits for no request and does not end' }
    const { failure } = this.#call.end
    return failure ? { errMsg: failure.message } : { result: JSON.parse(this.#call.end.json) }
  }
}
