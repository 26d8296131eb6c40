import { createInterface, type Interface } from 'node:readline'

/** Questions on the terminal, or to whatever is typed into this program; no typed line is lost between two of them. */
export class Conversation {
  readonly #interface: Interface
  readonly #lines: AsyncIterator<string>

  constructor() {
    this.#interface = createInterface({ input: process.stdin, output: process.stdout })
    this.#lines = this.#interface[Symbol.asyncIterator]()
  }

  /** @returns what was typed, trimmed; undefined when there is nobody (any more) to ask */
  async ask(question: string): Promise<string | undefined> {
    this.#interface.setPrompt(question)
    this.#interface.prompt()
    const { value, done } = await this.#lines.next()
    return done ? undefined : value.trim()
  }

  end(): void {
    this.#interface.close()
  }
}
