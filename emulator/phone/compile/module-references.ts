import { type AnyNode, type Function as FunctionNode, type Node, type Pattern, parse } from 'acorn'

/** A call of `require` in a compiled script. */
export interface ModuleReference {
  /** Undefined for an expression that is no text. */
  specifier: string | undefined
  /** The text that a `specifier` of another form begins with. */
  prefix: string
  /** In the compiled script, from 0. */
  position: number
  /** Runs as soon as the script runs, outside of `try`. */
  isImmediate: boolean
  /** `require.async(…)`, or `require(…, callback)`: the package may be loaded later. */
  isAsync: boolean
}

/** A statement of its own at the start of a line, as esbuild writes it. */
const STATEMENT =
  /^(?:(?:var|let|const) [^=\n]+ = )?(?:__toESM\()?require\(("(?:[^"\\\n]|\\.)*")\)(?:, 1\))?\)?[;.]/gm

/**
 * Finds the references in a compiled script. A function that has a `require` of its own is left out.
 * @throws SyntaxError for a script that is no JavaScript
 */
export function findReferences(code: string): ModuleReference[] {
  const positions = [...code.matchAll(/\brequire\b/g)].map(({ index }) => index)
  // Most scripts have no other references, and need not be parsed.
  const statements = [...code.matchAll(STATEMENT)]
  if (statements.length === positions.length) {
    return statements.map(({ index, 1: text = '""' }) => {
      const specifier = JSON.parse(text) as string
      return { specifier, prefix: specifier, position: index, isImmediate: true, isAsync: false }
    })
  }
  const program = parse(code, {
    ecmaVersion: 'latest',
    sourceType: 'script',
    allowReturnOutsideFunction: true,
  })
  return new Search(positions).visit(program as AnyNode, true)
}

/** Looks only into the parts of a script that have the word `require`. */
class Search {
  readonly #positions: readonly number[]
  readonly #references: ModuleReference[] = []

  constructor(positions: readonly number[]) {
    this.#positions = positions
  }

  visit(node: AnyNode, isImmediate: boolean): ModuleReference[] {
    if (!this.#positions.some((position) => position >= node.start && position < node.end)) return []
    if (isFunction(node) && node.params.some(isRequire)) return []
    if (node.type === 'CallExpression') addCall(node, isImmediate, this.#references)
    const isDeferred = isFunction(node) || node.type === 'TryStatement' || node.type === 'IfStatement'
    for (const child of childrenOf(node)) this.visit(child, isImmediate && !isDeferred)
    return this.#references
  }
}

function addCall(
  node: Extract<AnyNode, { type: 'CallExpression' }>,
  isImmediate: boolean,
  references: ModuleReference[],
): void {
  const { callee, arguments: parameters } = node
  const [first, callback] = parameters
  const isAsyncRequire =
    callee.type === 'MemberExpression' &&
    isRequire(callee.object as Pattern) &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'async'
  if (first === undefined || (!isRequire(callee as Pattern) && !isAsyncRequire)) return
  const specifier = textOf(first as AnyNode)
  references.push({
    specifier,
    prefix: specifier ?? prefixOf(first as AnyNode),
    position: node.start,
    isImmediate: isImmediate && !isAsyncRequire,
    isAsync: isAsyncRequire || callback !== undefined,
  })
}

function isRequire(node: Pattern): boolean {
  return node.type === 'Identifier' && node.name === 'require'
}

function isFunction(node: AnyNode): node is FunctionNode & AnyNode {
  return /^(Function|ArrowFunction)/.test(node.type)
}

function textOf(node: AnyNode): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  const isText = node.type === 'TemplateLiteral' && node.expressions.length === 0
  return isText ? (node.quasis[0]?.value.cooked ?? undefined) : undefined
}

function prefixOf(node: AnyNode): string {
  if (node.type === 'TemplateLiteral') return node.quasis[0]?.value.cooked ?? ''
  if (node.type !== 'BinaryExpression') return textOf(node) ?? ''
  return prefixOf(node.left as AnyNode)
}

function* childrenOf(node: AnyNode): Generator<AnyNode> {
  for (const value of Object.values(node) as unknown[]) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) yield child as AnyNode
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}
