import { invalidOperator, requestFailed } from '../failures.ts'
import { type Document, isDocument } from '../values/document.ts'
import { isNumeric, toNumber } from '../values/numbers.ts'
import { elementTest } from './arrays.ts'
import { type Compiler, isOperators, isTruthy } from './operator.ts'

/** Gives a document as the client wants to see it. */
export type Project = (document: Document) => Document

/** Returns the projected value of a field; undefined removes the field. */
type Apply = (value: unknown) => unknown

/** What is to be done with a field: kept, dropped, or looked into. */
type Rule = 'include' | 'exclude' | { readonly children: Map<string, Rule> }

interface Plan {
  readonly isInclusion: boolean
  readonly rules: Map<string, Rule>
  /** `$slice` and `$elemMatch`, by the field's whole path. */
  readonly arrays: { readonly path: string[]; readonly apply: Apply }[]
}

/**
 * Compiles a projection of `get()`.
 * @throws DATABASE_REQUEST_FAILED when it mixes inclusion and exclusion, DATABASE_INVALID_OPERRATOR for operators
 * other than `$slice` and `$elemMatch`.
 */
export function compileProjection(projection: unknown, compiler: Compiler): Project {
  const plan = parse(projection, compiler)
  return (document) => {
    const projected = plan.isInclusion ? include(document, plan.rules) : exclude(document, plan.rules)
    for (const { path, apply } of plan.arrays) applyToArray(projected, path, apply)
    return projected
  }
}

function parse(projection: unknown, compiler: Compiler): Plan {
  if (!isDocument(projection)) throw requestFailed('a projection must be an object')
  const rules = new Map<string, Rule>()
  const plan: Plan = { isInclusion: isInclusion(projection), rules, arrays: [] }
  for (const [field, value] of Object.entries(projection)) {
    const path = field.split('.')
    if (path.some((part) => part === '' || part.startsWith('$')))
      throw requestFailed(`can not project ${field}`)
    if (isOperators(value)) {
      plan.arrays.push({ path, apply: arrayOperator(value, compiler) })
      if (plan.isInclusion) addRule(rules, path, 'include')
    } else if (isFlag(value)) {
      addRule(rules, path, isTruthy(flag(value)) ? 'include' : 'exclude')
    } else if (isDocument(value)) {
      for (const [inner, rule] of Object.entries(value))
        addRule(rules, [...path, inner], isTruthy(rule) ? 'include' : 'exclude')
    } else {
      throw requestFailed(`invalid projection of ${field}`)
    }
  }
  if (plan.isInclusion && !rules.has('_id')) rules.set('_id', 'include')
  return plan
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean' || isNumeric(value)
}

function flag(value: unknown): unknown {
  return isNumeric(value) ? toNumber(value) : value
}

/** `$elemMatch` alone means inclusion, `$slice` alone does not; `_id` may go either way. */
function isInclusion(projection: Document): boolean {
  const modes = Object.entries(projection).flatMap(([field, value]) => {
    if (isDocument(value)) return Object.hasOwn(value, '$slice') ? [] : [leafMode(value)]
    return field === '_id' && Object.keys(projection).length > 1 ? [] : [isTruthy(flag(value))]
  })
  if (modes.includes(true) && modes.includes(false)) {
    throw requestFailed('Projection cannot have a mix of inclusion and exclusion.')
  }
  return modes.includes(true)
}

function leafMode(value: Document): boolean {
  return isOperators(value) || Object.values(value).some((rule) => isTruthy(flag(rule)))
}

function addRule(rules: Map<string, Rule>, path: readonly string[], rule: Rule): void {
  const [part, ...rest] = path
  if (part === undefined) return
  const existing = rules.get(part)
  if (rest.length === 0 || typeof existing === 'string') {
    if (existing !== undefined) throw requestFailed(`Path collision at ${part}`)
    rules.set(part, rule)
    return
  }
  const children = existing?.children ?? new Map<string, Rule>()
  rules.set(part, { children })
  addRule(children, rest, rule)
}

function include(document: Document, rules: ReadonlyMap<string, Rule>): Document {
  const projected: Document = {}
  for (const [field, value] of Object.entries(document)) {
    const rule = rules.get(field)
    if (rule === 'include') projected[field] = value
    else if (typeof rule === 'object') {
      const inner = into(value, (item) => include(item, rule.children), 'drop')
      if (inner !== undefined) projected[field] = inner
    }
  }
  return projected
}

function exclude(document: Document, rules: ReadonlyMap<string, Rule>): Document {
  const projected: Document = {}
  for (const [field, value] of Object.entries(document)) {
    const rule = rules.get(field)
    if (rule === 'exclude') continue
    projected[field] =
      typeof rule === 'object' ? into(value, (item) => exclude(item, rule.children), 'keep') : value
  }
  return projected
}

/** Goes into a document or each document of an array. Scalars are dropped by inclusion and kept by exclusion. */
function into(value: unknown, apply: Project, scalars: 'keep' | 'drop'): unknown {
  if (isDocument(value)) return apply(value)
  if (!Array.isArray(value)) return scalars === 'keep' ? value : undefined
  return value.map((item) => into(item, apply, scalars)).filter((item) => item !== undefined)
}

function arrayOperator(spec: Document, compiler: Compiler): Apply {
  const [name, ...others] = Object.keys(spec)
  if (others.length > 0) throw requestFailed('a projection takes one operator a field')
  if (name === '$slice') return slice(spec[name])
  if (name === '$elemMatch') {
    const test = elementTest(spec[name], compiler)
    return (value) => {
      const first = Array.isArray(value) ? value.find(test) : undefined
      return first === undefined ? undefined : [first]
    }
  }
  throw invalidOperator(`unknown operator in a projection: ${name}`)
}

function slice(operand: unknown): Apply {
  const numbers = (Array.isArray(operand) ? operand : [operand]).map((item) =>
    isNumeric(item) ? toNumber(item) : Number.NaN,
  )
  const [first = 0, count] = numbers
  if (numbers.length > 2 || !numbers.every(Number.isInteger) || (count !== undefined && count <= 0)) {
    throw requestFailed('$slice needs a number, or a start and a positive number')
  }
  return (value) => {
    if (!Array.isArray(value)) return value
    if (count === undefined) return first < 0 ? value.slice(first) : value.slice(0, first)
    const start = first < 0 ? Math.max(0, value.length + first) : first
    return value.slice(start, start + count)
  }
}

function applyToArray(value: unknown, path: readonly string[], apply: Apply): void {
  const [part, ...rest] = path
  if (part === undefined) return
  if (Array.isArray(value)) for (const item of value) applyToArray(item, path, apply)
  if (!isDocument(value) || !Object.hasOwn(value, part)) return
  const inner = value[part]
  if (rest.length > 0) {
    applyToArray(inner, rest, apply)
    return
  }
  const result = apply(inner)
  if (result === undefined) delete value[part]
  else value[part] = result
}
