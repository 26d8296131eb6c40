import { createInterface, type Interface } from 'node:readline'

/** Asks questions on the terminal or on a piped input. A line that is typed between two questions is not lost. */
export class Prompt {
  readonly #interface: Interface
  readonly #lines: AsyncIterator<string>

  /** @param output for the questions; another one where a program reads the standard output */
  constructor(output: NodeJS.WritableStream = process.stdout) {
    this.#interface = createInterface({ input: process.stdin, output })
    this.#lines = this.#interface[Symbol.asyncIterator]()
  }

  /** @returns the typed text, trimmed; undefined at the end of the input */
  async ask(question: string): Promise<string | undefined> {
    this.#interface.setPrompt(question)
    this.#interface.prompt()
    const { value, done } = await this.#lines.next()
    return done ? undefined : value.trim()
  }

  close(): void {
    this.#interface.close()
  }
}
