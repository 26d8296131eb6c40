import { LIMITS } from '../../../limits.ts'
import { invalidOperator, requestFailed } from '../../failures.ts'
import { requestMoment } from '../../request.ts'
import { type Document, isDocument } from '../../values/document.ts'
import { checkField, parsePath, valueAt } from './field-path.ts'
import type { Compiler, Evaluate, Operator } from './scope.ts'

/** Variables that are always there. `$$REMOVE` is a missing value. */
const SYSTEM_NAMES: ReadonlySet<string> = new Set(['ROOT', 'CURRENT', 'REMOVE', 'NOW'])

/** A compiler of expressions made of these operators, in which these variables may be used. */
export function compilerWith(
  operators: ReadonlyMap<string, Operator>,
  names: ReadonlySet<string> = new Set(),
  depth = 0,
): Compiler {
  if (depth > LIMITS.database.documentDepth * 2) throw requestFailed('an expression is nested too deep')
  const inner = () => compilerWith(operators, names, depth + 1)
  return {
    names,
    compile(expression) {
      if (typeof expression === 'string') return compileText(expression, names)
      if (Array.isArray(expression)) return compileArray(expression, inner())
      if (!isDocument(expression)) return () => expression
      const [first, ...others] = Object.keys(expression)
      if (!first?.startsWith('$')) return compileObject(expression, inner())
      if (others.length > 0) {
        throw requestFailed(
          'an expression specification must contain exactly one field, the name of the expression. ' +
            `Found ${others.length + 1} fields`,
        )
      }
      const operator = operators.get(first)
      if (!operator) throw invalidOperator(`Unrecognized expression '${first}'`)
      return operator(expression[first], inner(), first)
    },
    withDecisions: (added) => compilerWith(operators, new Set([...names, ...added]), depth),
    withNames: (added) => compilerWith(operators, new Set([...names, ...added.map(checkVariable)]), depth),
  }
}

/** @throws DATABASE_REQUEST_FAILED unless a variable may be named so; only `CURRENT` of the system's may be bound */
function checkVariable(name: string): string {
  if (name === 'CURRENT') return name
  if (!/^[a-z\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*$/.test(name)) {
    throw requestFailed(`'${name}' is not a valid name of a user variable`)
  }
  return name
}

function compileText(text: string, names: ReadonlySet<string>): Evaluate {
  if (!text.startsWith('$')) return () => text
  if (text === '$') throw requestFailed("'$' by itself is not a valid FieldPath")
  if (!text.startsWith('$$')) {
    const path = parsePath(text.slice(1))
    return (scope) => valueAt(scope['CURRENT'], path)
  }
  const [name = '', ...path] = text.slice(2).split('.')
  if (path.length > 0) parsePath(path.join('.'))
  if (name === '') throw requestFailed('empty variable names are not allowed')
  if (!SYSTEM_NAMES.has(name) && !names.has(name)) throw requestFailed(`Use of undefined variable: ${name}`)
  if (name === 'REMOVE') return () => undefined
  if (name === 'NOW') return () => valueAt(new Date(requestMoment()), path)
  return (scope) => valueAt(scope[name], path)
}

/** Inside an array a missing value is null. */
function compileArray(list: readonly unknown[], compiler: Compiler): Evaluate {
  const items = list.map((item) => compiler.compile(item))
  return (scope) => items.map((evaluate) => evaluate(scope) ?? null)
}

/** Inside an object a missing value is no field. */
function compileObject(expression: Document, compiler: Compiler): Evaluate {
  const fields = Object.entries(expression).map(([field, value]) => {
    checkField(field)
    if (field.includes('.')) throw requestFailed(`FieldPath field names may not contain '.': '${field}'`)
    return [field, compiler.compile(value)] as const
  })
  return (scope) => {
    const result: Document = {}
    for (const [field, evaluate] of fields) {
      const value = evaluate(scope)
      if (value !== undefined) result[field] = value
    }
    return result
  }
}
