import type { RequestGate, SdkRequest } from '../functions/call-observer.ts'

/**
 * The state of a request: it waits for its release, runs, waits inside the database for an open transaction, or has
 * been answered.
 */
export type OperationState = 'paused' | 'running' | 'blocked' | 'answered'

/** One request of the SDK that waits for its release. */
export class PausedOperation implements RequestGate {
  readonly action: string
  readonly target: string
  readonly fields: SdkRequest['fields']
  /** `<action> <target>`, and from the second such request of the call on `#2`, `#3` …: the same in every run. */
  readonly name: string
  /** Grows in the order in which the function sent its requests. */
  readonly order: number
  readonly released: Promise<void>
  #state: OperationState = 'paused'
  #answer: unknown
  #resolveReleased: () => void = () => {}
  readonly #onChange: () => void

  constructor({ action, target, fields }: SdkRequest, number: number, order: number, onChange: () => void) {
    this.action = action
    this.target = target
    this.fields = fields
    this.name = `${action} ${target}${number === 1 ? '' : `#${number}`}`
    this.order = order
    this.#onChange = onChange
    this.released = new Promise((resolve) => {
      this.#resolveReleased = resolve
    })
  }

  get state(): OperationState {
    return this.#state
  }

  isLike({ action, target }: Pick<SdkRequest, 'action' | 'target'>): boolean {
    return action === this.action && target === this.target
  }

  release(): void {
    this.#setState('running')
    this.#resolveReleased()
  }

  block(): void {
    this.#setState('blocked')
  }

  unblock(): void {
    this.#setState('running')
  }

  /** The answer, once there is one; without its request id. */
  get answer(): unknown {
    return this.#answer
  }

  recordAnswer(answer: unknown): void {
    this.#answer = answer
    this.#setState('answered')
  }

  #setState(state: OperationState): void {
    this.#state = state
    this.#onChange()
  }
}
