/** JSON text that cannot be read. */
export class JsonError extends Error {
  override readonly name = 'JsonError'
  /** The first line is 1. */
  readonly line: number

  constructor(message: string, line: number) {
    super(message)
    this.line = line
  }
}

export interface ParsedJson {
  value: unknown
  /** What JSON does not allow and was skipped: the line of each comment and of each comma after a last element. */
  skipped: number[]
}

/**
 * Parses JSON, and skips comments and commas after a last element.
 * @throws JsonError with the line of the first other error
 */
export function parseJson(text: string): ParsedJson {
  try {
    return { value: JSON.parse(text), skipped: [] }
  } catch {
    return new Parser(text).parse()
  }
}

class Parser {
  readonly #text: string
  readonly #skipped: number[] = []
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  parse(): ParsedJson {
    const value = this.#value()
    if (this.#peek() !== '') this.#fail()
    return { value, skipped: this.#skipped }
  }

  #value(): unknown {
    switch (this.#peek()) {
      case '{':
        return Object.fromEntries(this.#list('}', () => this.#member()))
      case '[':
        return this.#list(']', () => this.#value())
      case '"':
        return this.#token(/"(?:[^"\\\n]|\\[^\n])*"/y)
      default:
        return this.#token(/[-+.\w]+/y)
    }
  }

  #member(): [string, unknown] {
    const name = this.#peek() === '"' ? this.#value() : this.#fail()
    if (this.#peek() !== ':') this.#fail()
    this.#at += 1
    return [String(name), this.#value()]
  }

  #list<Element>(end: string, element: () => Element): Element[] {
    const elements: Element[] = []
    this.#at += 1
    while (this.#peek() !== end) {
      elements.push(element())
      if (this.#peek() === end) break
      if (this.#peek() !== ',') this.#fail()
      const comma = this.#at
      this.#at += 1
      if (this.#peek() === end) this.#skipped.push(this.#line(comma))
    }
    this.#at += 1
    return elements
  }

  #token(pattern: RegExp): unknown {
    pattern.lastIndex = this.#at
    const [text] = pattern.exec(this.#text) ?? this.#fail()
    try {
      const value: unknown = JSON.parse(text)
      this.#at += text.length
      return value
    } catch {
      return this.#fail()
    }
  }

  /** The next character that means something; empty at the end. */
  #peek(): string {
    for (;;) {
      const skipped = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y
      skipped.lastIndex = this.#at
      const [text] = skipped.exec(this.#text) ?? []
      if (text === undefined) return this.#text.charAt(this.#at)
      if (text.startsWith('/')) this.#skipped.push(this.#line(this.#at))
      this.#at += text.length
    }
  }

  #line(position: number): number {
    return this.#text.slice(0, position).split('\n').length
  }

  #fail(): never {
    const found = this.#text.slice(this.#at, this.#at + 1)
    const message = found === '' ? 'JSON 不完整 · unexpected end' : `JSON 语法错误 · unexpected ${found}`
    throw new JsonError(message, this.#line(this.#at))
  }
}
