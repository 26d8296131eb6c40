import { BSONRegExp } from 'bson'
import { invalidOperator, requestFailed } from '../failures.ts'
import { type Document, isDocument } from '../values/document.ts'
import { valuesAt } from '../values/field-path.ts'
import { arrayOperators } from './arrays.ts'
import { bitOperators } from './bits.ts'
import { comparisonOperators, equalsTest } from './comparison.ts'
import { elementOperators } from './elements.ts'
import { geoOperators } from './geo.ts'
import { compileSchema } from './json-schema.ts'
import {
  type Compiler,
  isOperators,
  isTruthy,
  type Operator,
  type Test,
  type ValuesTest,
} from './operator.ts'
import { regexTest } from './regex.ts'

/** Compiles an aggregation expression, for `$expr`. */
export type CompileExpression = (expression: unknown) => (document: Document) => unknown

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ...comparisonOperators,
  ...elementOperators,
  ...arrayOperators,
  ...bitOperators,
  ...geoOperators,
])

/** For the list of what is supported. */
export const QUERY_OPERATORS: readonly string[] = [...OPERATORS.keys()]

/** They come with another operator, which reads them. */
const COMPANIONS = new Set(['$options', '$maxDistance', '$minDistance'])

/**
 * Compiles a MongoDB query.
 * @throws DATABASE_INVALID_OPERRATOR for an operator the service does not have or that runs a client's code,
 * DATABASE_REQUEST_FAILED for an operand of the wrong type. Both are thrown before any document is read.
 */
export function compileQuery(query: unknown, compileExpression: CompileExpression): Test {
  const compiler = compilerOf(compileExpression)
  return compile(query)

  function compile(source: unknown): Test {
    if (!isDocument(source)) throw requestFailed('a query must be an object')
    const tests = Object.entries(source).map(([key, operand]) => compileEntry(key, operand))
    return (document) => tests.every((test) => test(document))
  }

  function compileEntry(key: string, operand: unknown): Test {
    if (!key.startsWith('$')) return compileField(key, operand)
    switch (key) {
      case '$and':
        return all(branches(key, operand))
      case '$or':
        return any(branches(key, operand))
      case '$nor':
        return negate(any(branches(key, operand)))
      case '$expr':
        return compileExpr(operand)
      case '$jsonSchema':
        return compileSchema(operand)
      case '$comment':
        return () => true
      default:
        throw invalidOperator(`unknown top level operator: ${key}`)
    }
  }

  function compileExpr(operand: unknown): Test {
    const evaluate = compileExpression(operand)
    return (document) => isTruthy(evaluate(document as Document))
  }

  function branches(key: string, operand: unknown): Test[] {
    if (!Array.isArray(operand) || operand.length === 0)
      throw requestFailed(`${key} must be a nonempty array`)
    return operand.map(compile)
  }

  function compileField(field: string, operand: unknown): Test {
    const path = field.split('.')
    const test = isOperators(operand) ? compileConditions(operand, compiler) : equalsTest(operand)
    return (document) => test(valuesAt(document, path))
  }
}

/** For operators of updates and projections that hold queries or conditions. */
export function compilerOf(compileExpression: CompileExpression): Compiler {
  const compiler: Compiler = {
    query: (query) => compileQuery(query, compileExpression),
    conditions: (conditions) => compileConditions(conditions, compiler),
  }
  return compiler
}

function compileConditions(conditions: Document, compiler: Compiler): ValuesTest {
  const tests = Object.entries(conditions)
    .filter(([name]) => !COMPANIONS.has(name))
    .map(([name, operand]) => compileOperator(name, operand, conditions, compiler))
  if (tests.length === 0) throw requestFailed('$options needs a $regex')
  return (values) => tests.every((test) => test(values))
}

function compileOperator(
  name: string,
  operand: unknown,
  conditions: Document,
  compiler: Compiler,
): ValuesTest {
  if (name === '$not') return compileNot(operand, compiler)
  const operator = OPERATORS.get(name)
  if (!operator) throw invalidOperator(`unknown operator: ${name}`)
  return operator(operand, compiler, conditions)
}

function compileNot(operand: unknown, compiler: Compiler): ValuesTest {
  if (operand instanceof BSONRegExp) {
    const matches = regexTest(operand, undefined)
    return (values) => !matches(values)
  }
  if (!isOperators(operand)) throw requestFailed('$not needs a regex or a document of operators')
  const test = compiler.conditions(operand)
  return (values) => !test(values)
}

function all(tests: readonly Test[]): Test {
  return (document) => tests.every((test) => test(document))
}

function any(tests: readonly Test[]): Test {
  return (document) => tests.some((test) => test(document))
}

function negate(test: Test): Test {
  return (document) => !test(document)
}
