import type {
  ClientDatabaseAction,
  ClientDatabaseAnswer,
  ClientDatabaseRequest,
} from '../../../control/client-database.ts'
import type { Control } from './control.ts'

/** The cloud's database, with the permissions of this phone's WeChat user. */
export class CloudDatabase {
  readonly #control: Control
  readonly #openid: string
  readonly #listeners = new Set<() => void>()

  constructor(control: Control, openid: string) {
    this.#control = control
    this.#openid = openid
  }

  /** @throws NetworkFailure */
  request(
    action: ClientDatabaseAction,
    fields: ClientDatabaseRequest['fields'],
  ): Promise<ClientDatabaseAnswer> {
    return this.#control.asPhone('POST', 'database', { openid: this.#openid, action, fields })
  }

  /** @returns a function that stops the listener */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Documents have changed, or may have. */
  emitChange(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  /** The mini-program ends, and its listeners with it. */
  clear(): void {
    this.#listeners.clear()
  }
}
