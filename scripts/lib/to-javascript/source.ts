import { type ParseResult, parse } from '@babel/parser'
import type { Comment, Node } from '@babel/types'
import MagicString from 'magic-string'
import { NotConvertible } from './not-convertible.ts'

/** A range of a file's text, from the first character up to the one after the last. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** One TypeScript file: its text, its syntax, and the edits that make JavaScript of it. */
export class Source {
  readonly edits: MagicString
  readonly #syntax: ParseResult
  readonly #last: (() => void)[] = []

  /** @throws NotConvertible if the text is no TypeScript */
  constructor(
    readonly path: string,
    readonly code: string,
  ) {
    this.edits = new MagicString(code)
    try {
      this.#syntax = parse(code, {
        sourceType: 'module',
        plugins: ['typescript'],
        createParenthesizedExpressions: true,
        attachComment: false,
      })
    } catch (error) {
      throw new NotConvertible(`${path}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  get program() {
    return this.#syntax.program
  }

  /** The comments within a range, in order. */
  commentsIn({ start, end }: Range): Comment[] {
    return this.#comments.filter((comment) => rangeOf(comment).start >= start && rangeOf(comment).end <= end)
  }

  /** The JSDoc comment that ends right before a position, apart from a separator such as `|`. */
  docBefore(position: number, separator = ''): Comment | undefined {
    const before = this.#comments.findLast((comment) => rangeOf(comment).end <= position)
    if (before?.type !== 'CommentBlock' || !before.value.startsWith('*')) return undefined
    const gap = this.code.slice(rangeOf(before).end, position).trim()
    return gap === '' || gap === separator ? before : undefined
  }

  text(node: Node): string {
    const { start, end } = rangeOf(node)
    return this.code.slice(start, end)
  }

  /** The white space at the beginning of the line of a position. */
  indentAt(position: number): string {
    const line = this.code.slice(this.code.lastIndexOf('\n', position - 1) + 1, position)
    return /^\s*/.exec(line)?.[0] ?? ''
  }

  /** @throws NotConvertible always */
  refuse(node: Node, construct: string): never {
    const line = this.code.slice(0, rangeOf(node).start).split('\n').length
    throw new NotConvertible(`${this.path}:${line}: ${construct}`)
  }

  /** An edit of a range that holds other edits: it comes after them. */
  later(edit: () => void): void {
    this.#last.push(edit)
  }

  /** The text with all edits. */
  edited(): string {
    for (const edit of this.#last.splice(0)) edit()
    return this.edits.toString()
  }

  get #comments(): readonly Comment[] {
    return this.#syntax.comments ?? []
  }
}

export function rangeOf({ start, end }: Node | Comment): Range {
  if (typeof start !== 'number' || typeof end !== 'number')
    throw new Error('A node has no place in its file.')
  return { start, end }
}
