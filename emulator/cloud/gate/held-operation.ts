/**
 * Where a request stands: it waits to be let go, is at work, waits inside the database for an open transaction, or
 * has been answered.
 */
export type OperationState = 'held' | 'running' | 'blocked' | 'answered'

/** A request as the SDK sent it: what it does, to what, and all that it says. */
export interface HeldRequest {
  action: string
  target: string
  fields: Readonly<Record<string, unknown>>
}

/** One request of the SDK at the gate. */
export class HeldOperation {
  readonly action: string
  readonly target: string
  readonly fields: HeldRequest['fields']
  /** `<action> <target>`, and from the second such request of the call on `#2`, `#3` …: the same in every run. */
  readonly name: string
  /** Grows in the order in which the function sent its requests. */
  readonly order: number
  /** Resolves when the request is let go. */
  readonly released: Promise<void>
  #state: OperationState = 'held'
  #answer: unknown
  #release: () => void = () => {}
  readonly #onChange: () => void

  constructor({ action, target, fields }: HeldRequest, number: number, order: number, onChange: () => void) {
    this.action = action
    this.target = target
    this.fields = fields
    this.name = `${action} ${target}${number === 1 ? '' : `#${number}`}`
    this.order = order
    this.#onChange = onChange
    this.released = new Promise((resolve) => {
      this.#release = resolve
    })
  }

  get state(): OperationState {
    return this.#state
  }

  isLike({ action, target }: { action: string; target: string }): boolean {
    return action === this.action && target === this.target
  }

  release(): void {
    this.#become('running')
    this.#release()
  }

  /** It waits inside the database until a transaction has ended. */
  block(): void {
    this.#become('blocked')
  }

  /** It is at work again. */
  unblock(): void {
    this.#become('running')
  }

  /** What it was answered, once it was; its request id is not part of it. */
  get answer(): unknown {
    return this.#answer
  }

  /** @param answer absent if the connection was cut */
  answered(answer: unknown): void {
    this.#answer = answer
    this.#become('answered')
  }

  #become(state: OperationState): void {
    this.#state = state
    this.#onChange()
  }
}
