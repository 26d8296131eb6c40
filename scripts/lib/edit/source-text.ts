import { parseSync } from 'oxc-parser'

/** A part of the syntax tree, as `oxc-parser` gives it (https://github.com/estree/estree). */
interface SyntaxNode {
  type: string
  start: number
  end: number
  [field: string]: unknown
}

/** The file has no such list, or cannot be parsed. */
export class NoSuchList extends Error {
  override readonly name = 'NoSuchList'
}

const LIST_FIELDS: Readonly<Record<string, string>> = {
  ArrayExpression: 'elements',
  ObjectExpression: 'properties',
  TSInterfaceBody: 'body',
}

/**
 * TypeScript, JavaScript or JSON to which entries are added. The place is found by the syntax tree; formatting, comments
 * and line ends stay.
 */
export class SourceText {
  readonly text: string
  /** JSON is parsed as an expression in parentheses. */
  readonly #shift: number
  readonly #path: string

  /** @param path of the file: `.json` may have comments */
  constructor(path: string, text: string) {
    this.#path = path
    this.text = text
    this.#shift = path.endsWith('.json') ? 1 : 0
  }

  /**
   * The names of an object's or interface's fields, or the texts of an array.
   * @param list from the outside in, as in `append`
   * @throws NoSuchList
   */
  entries(list: readonly string[]): string[] {
    return entriesOf(this.#list(list)).flatMap((entry) => {
      if (typeof entry['value'] === 'string') return entry['value']
      return keyOf(entry) ?? []
    })
  }

  /** Whether the file has this list. */
  has(list: readonly string[]): boolean {
    try {
      this.#list(list)
      return true
    } catch (error) {
      if (error instanceof NoSuchList) return false
      throw error
    }
  }

  /**
   * Adds an entry behind the last one.
   * @param list the names that lead to it: a variable or interface, then fields. A JSON file has no variable.
   * @param entry `'a'`, `a: 1` or, for an interface, `a: string`
   * @throws NoSuchList
   */
  append(list: readonly string[], entry: string): SourceText {
    const node = this.#list(list)
    const last = entriesOf(node).at(-1)
    const open = node.start - this.#shift
    const close = node.end - this.#shift - 1
    if (!last) return this.#insert(open + 1, node.type === 'ArrayExpression' ? entry : ` ${entry} `, close)
    const end = last.end - this.#shift
    const isInterface = node.type === 'TSInterfaceBody'
    if (!this.text.slice(end, close).includes('\n')) {
      return this.#insert(end, isInterface ? `; ${entry}` : `, ${entry}`)
    }
    // A comment behind the last entry stays with it.
    const [rest = '', comma = ''] =
      /^[ \t]*(,?)[ \t]*(?:\/\/[^\r\n]*)?/.exec(this.text.slice(end, close)) ?? []
    const line = `${this.#lineEnd}${this.#indentationAt(last.start - this.#shift)}${entry}`
    if (isInterface) return this.#insert(end, line)
    const after = this.#insert(end + rest.length, `${line}${comma}`)
    return comma === '' ? new SourceText(this.#path, after.text).#insert(end, ',') : after
  }

  /** Adds an `import` statement behind the last one. @throws NoSuchList for text that cannot be parsed */
  addImport(statement: string): SourceText {
    const last = this.#statements()
      .filter(({ type }) => type === 'ImportDeclaration')
      .at(-1)
    if (!last) return this.#insert(0, `${statement}${this.#lineEnd}`)
    return this.#insert(last.end, `${this.#lineEnd}${statement}`)
  }

  /** The names that `import` statements bring in. */
  importedNames(): string[] {
    return this.#statements()
      .filter(({ type }) => type === 'ImportDeclaration')
      .flatMap((statement) => statement['specifiers'] as { local: { name: string } }[])
      .map(({ local }) => local.name)
  }

  #statements(): SyntaxNode[] {
    const source = this.#shift === 0 ? this.text : `(${this.text}\n)`
    const { program, errors } = parseSync('file.ts', source, { lang: 'ts' })
    if (errors.length > 0) throw new NoSuchList(`${this.#path}: ${errors[0]?.message}`)
    return program.body as unknown as SyntaxNode[]
  }

  #list(list: readonly string[]): SyntaxNode {
    const [name, ...fields] = this.#shift === 0 ? list : ['', ...list]
    const start = this.#shift === 0 ? declared(this.#statements(), name ?? '') : jsonValue(this.#statements())
    const found = fields.reduce<SyntaxNode | undefined>(fieldOf, start)
    if (!found || !(found.type in LIST_FIELDS)) throw new NoSuchList(`${this.#path}: ${list.join('.')}`)
    return found
  }

  #insert(at: number, text: string, until = at): SourceText {
    return new SourceText(this.#path, this.text.slice(0, at) + text + this.text.slice(until))
  }

  /** A checkout may have Windows's line ends. */
  get #lineEnd(): string {
    return this.text.includes('\r\n') ? '\r\n' : '\n'
  }

  #indentationAt(offset: number): string {
    const lineStart = this.text.lastIndexOf('\n', offset - 1) + 1
    return /^[ \t]*/.exec(this.text.slice(lineStart))?.[0] ?? ''
  }
}

function entriesOf(node: SyntaxNode): SyntaxNode[] {
  return node[LIST_FIELDS[node.type] ?? ''] as SyntaxNode[]
}

/** The value of a variable, or the body of an interface. */
function declared(statements: readonly SyntaxNode[], name: string): SyntaxNode | undefined {
  for (const statement of statements) {
    const declaration = (statement['declaration'] ?? statement) as SyntaxNode
    if (declaration.type === 'TSInterfaceDeclaration' && nameOf(declaration['id']) === name) {
      return declaration['body'] as SyntaxNode
    }
    for (const variable of (declaration['declarations'] ?? []) as SyntaxNode[]) {
      if (nameOf(variable['id']) === name) return literalOf(variable['init'])
    }
  }
  return undefined
}

function jsonValue([statement]: readonly SyntaxNode[]): SyntaxNode | undefined {
  const expression = statement?.['expression'] as SyntaxNode | undefined
  return literalOf(expression?.type === 'ParenthesizedExpression' ? expression['expression'] : expression)
}

function fieldOf(node: SyntaxNode | undefined, name: string): SyntaxNode | undefined {
  if (node?.type !== 'ObjectExpression') return undefined
  return literalOf(entriesOf(node).find((property) => keyOf(property) === name)?.['value'])
}

/** The literal of `{…} as const` and `{…} satisfies Type`. */
function literalOf(node: unknown): SyntaxNode | undefined {
  const { type, expression } = (node ?? {}) as { type?: string; expression?: SyntaxNode }
  return type === 'TSAsExpression' || type === 'TSSatisfiesExpression'
    ? literalOf(expression)
    : (node as SyntaxNode | undefined)
}

function keyOf(entry: SyntaxNode): string | undefined {
  const key = entry['key'] as { name?: string; value?: unknown } | undefined
  return key?.name ?? (typeof key?.value === 'string' ? key.value : undefined)
}

function nameOf(identifier: unknown): string | undefined {
  return (identifier as { name?: string } | undefined)?.name
}
