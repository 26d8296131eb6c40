import type { Action } from './actions.ts'
import { type Asked, answerText, EDIT } from './asked.ts'
import { digest } from './digest.ts'
import { make } from './make.ts'
import type { Person, Stored } from './person.ts'

/** What a request has come to. */
export interface Effect {
  stored: Stored
  answer: string
}

/**
 * What requests of one person's actions come to. A request carries all that its effect depends on, but for the
 * documents; so the same request on the same documents is made once, whichever actions it is met among.
 */
export class Effects {
  readonly person: Person
  readonly #known = new Map<string, Effect>()
  readonly #working = new Map<string, boolean>()
  /** Each once, however often it came about. */
  readonly #stored = new Map<string, Stored>()

  constructor(person: Person) {
    this.person = person
  }

  async of(action: Action, asked: Asked, stored: Stored): Promise<Effect> {
    const what = asked.action === EDIT.action ? `${EDIT.action} ${action.name}` : asked.text
    const key = `${storedText(stored)} ${what}`
    const known = this.#known.get(key)
    if (known) return known
    this.person.put(stored)
    const answer = answerText(asked, await make(this.person, action, asked))
    const effect = { stored: this.#only(this.person.everything()), answer }
    this.#known.set(key, effect)
    return effect
  }

  /** Whether a token is accepted when this is stored. */
  async tokenWorks(token: string, stored: Stored): Promise<boolean> {
    const key = `${storedText(stored)} ${token}`
    const known = this.#working.get(key)
    if (known !== undefined) return known
    this.person.put(stored)
    const works = await this.person.tokenWorks(token)
    this.#working.set(key, works)
    return works
  }

  #only(stored: Stored): Stored {
    const text = storedText(stored)
    const only = this.#stored.get(text) ?? stored
    this.#stored.set(text, only)
    return only
  }
}

const texts = new WeakMap<Stored, string>()

/** Short, and the same for the same documents. */
export function storedText(stored: Stored): string {
  const text = texts.get(stored) ?? digest(JSON.stringify([...stored]))
  texts.set(stored, text)
  return text
}
