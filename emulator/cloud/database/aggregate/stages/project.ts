import { requestFailed } from '../../failures.ts'
import { isTruthy } from '../../query/operator.ts'
import { type Document, isDocument, ownField } from '../../values/document.ts'
import { isNumeric, toNumber } from '../../values/numbers.ts'
import { type Compiler, type Evaluate, type Scope, scopeOf } from '../expression/scope.ts'
import { checkCollisions } from './add-fields.ts'
import { type CompileStage, writablePath } from './stage.ts'

/** What becomes of one path: kept, dropped, or computed. */
type Rule = 'include' | 'exclude' | Evaluate

interface Leaf {
  readonly path: readonly string[]
  readonly rule: Rule
}

/** Rules by field. A field with rules for its own fields has a tree. */
interface Tree {
  readonly fields: Map<string, Rule | Tree>
}

/** `$project`: fields to keep and to compute, or fields to drop. */
export const project: CompileStage = (specification, { compiler }, name) => {
  if (!isDocument(specification) || Object.keys(specification).length === 0) {
    throw requestFailed(`${name} specification must have at least one field`)
  }
  return projectBy(flatten(specification, [], compiler))
}

/** `$unset`: fields to drop, by their paths. */
export const unset: CompileStage = (specification, _context, name) => {
  const paths = Array.isArray(specification) ? specification : [specification]
  if (paths.length === 0)
    throw requestFailed(`${name} specification must be a string or an array with at least one field`)
  return projectBy(
    paths.map((path) => {
      if (typeof path !== 'string')
        throw requestFailed(
          `${name} specification must be a string or an array containing only string values`,
        )
      return { path: writablePath(path, `a field of ${name}`), rule: 'exclude' }
    }),
  )
}

function projectBy(leaves: readonly Leaf[]): (documents: readonly Document[], outer: Scope) => Document[] {
  checkCollisions(leaves.map(({ path }) => path))
  const isInclusion = modeOf(leaves)
  const tree = treeOf(leaves)
  if (!isInclusion) return (documents) => documents.map((document) => exclude(document, tree))
  if (!tree.fields.has('_id')) tree.fields.set('_id', 'include')
  return (documents, outer) =>
    documents.map((document) => compute(include(document, tree), tree, scopeOf(document, outer)))
}

function flatten(specification: Document, parents: readonly string[], compiler: Compiler): Leaf[] {
  return Object.entries(specification).flatMap(([field, value]): Leaf[] => {
    const path = [...parents, ...writablePath(field, 'a field')]
    if (typeof value === 'boolean' || isNumeric(value)) {
      const isKept = isTruthy(typeof value === 'boolean' ? value : toNumber(value))
      return [{ path, rule: isKept ? 'include' : 'exclude' }]
    }
    if (!isDocument(value)) return [{ path, rule: compiler.compile(value) }]
    const [first] = Object.keys(value)
    if (first === undefined) {
      throw requestFailed(`an empty object is not a valid value. Found at path ${path.join('.')}`)
    }
    return first.startsWith('$') ? [{ path, rule: compiler.compile(value) }] : flatten(value, path, compiler)
  })
}

/** `_id` may be dropped by an inclusion, and kept by an exclusion. */
function modeOf(leaves: readonly Leaf[]): boolean {
  const isId = ({ path }: Leaf) => path.length === 1 && path[0] === '_id'
  const others = leaves.filter((leaf) => !(isId(leaf) && typeof leaf.rule === 'string'))
  const excluded = others.find(({ rule }) => rule === 'exclude')
  const kept = others.find(({ rule }) => rule !== 'exclude')
  if (excluded && kept) {
    throw requestFailed(
      `Invalid $project :: caused by :: Cannot do exclusion on field ${excluded.path.join('.')} in inclusion projection`,
    )
  }
  if (others.length > 0) return kept !== undefined
  return leaves.some(({ rule }) => rule === 'include')
}

function treeOf(leaves: readonly Leaf[]): Tree {
  const tree: Tree = { fields: new Map() }
  for (const { path, rule } of leaves) {
    let node = tree
    for (const part of path.slice(0, -1)) {
      const inner = node.fields.get(part)
      const next: Tree = isTree(inner) ? inner : { fields: new Map() }
      node.fields.set(part, next)
      node = next
    }
    node.fields.set(path.at(-1) ?? '', rule)
  }
  return tree
}

function isTree(rule: Rule | Tree | undefined): rule is Tree {
  return typeof rule === 'object'
}

function include(document: Document, { fields }: Tree): Document {
  const kept: Document = {}
  for (const [field, value] of Object.entries(document)) {
    const rule = fields.get(field)
    if (rule === 'include') kept[field] = value
    else if (isTree(rule)) {
      const inner = includeInto(value, rule)
      if (inner !== undefined) kept[field] = inner
    }
  }
  return kept
}

/** What is no document has no fields to keep. */
function includeInto(value: unknown, tree: Tree): unknown {
  if (isDocument(value)) return include(value, tree)
  if (!Array.isArray(value)) return undefined
  return value.map((item) => includeInto(item, tree)).filter((item) => item !== undefined)
}

function exclude(document: Document, { fields }: Tree): Document {
  const kept: Document = {}
  for (const [field, value] of Object.entries(document)) {
    const rule = fields.get(field)
    if (rule === 'exclude') continue
    kept[field] = isTree(rule) ? excludeInto(value, rule) : value
  }
  return kept
}

function excludeInto(value: unknown, tree: Tree): unknown {
  if (isDocument(value)) return exclude(value, tree)
  return Array.isArray(value) ? value.map((item) => excludeInto(item, tree)) : value
}

/** Computed fields follow those that are kept. A value that is missing makes no field. */
function compute(document: Document, tree: Tree, scope: Scope): Document {
  let result = document
  for (const [field, rule] of tree.fields) {
    if (typeof rule === 'function') {
      const value = rule(scope)
      const { [field]: _replaced, ...others } = result
      result = value === undefined ? others : { ...others, [field]: value }
    } else if (isTree(rule) && computes(rule)) {
      result = { ...result, [field]: computeInto(ownField(result, field), rule, scope) }
    }
  }
  return result
}

function computeInto(value: unknown, tree: Tree, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => computeInto(item, tree, scope))
  return compute(isDocument(value) ? value : {}, tree, scope)
}

function computes({ fields }: Tree): boolean {
  return [...fields.values()].some((rule) => typeof rule === 'function' || (isTree(rule) && computes(rule)))
}
