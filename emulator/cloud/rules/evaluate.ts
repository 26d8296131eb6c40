import type { BinaryOperator, ComparisonOperator, Expression } from './expression.ts'
import { UnknownValue } from './unknown-value.ts'
import { compareValues } from './values.ts'

/** What an expression can use. */
export interface Environment {
  /** `auth`, `doc`, `now`, `request`, `resource` by their names; a document that is only known by a query is unknown. */
  readonly variables: Readonly<Record<string, unknown>>
  /** The document at `database.<collection>.<id>`; null when there is none. @throws for a path that is none */
  get?(path: string): unknown
  /** Whether a regular expression finds something. */
  test(source: string, flags: string, text: string): boolean
}

/** An expression that has no value, such as a field of null. The operation is denied. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError'
}

const UNKNOWN = new UnknownValue()

/**
 * The value of an expression. An {@link UnknownValue} where a query does not settle it.
 * @throws EvaluationError
 */
export function evaluate(expression: Expression, environment: Environment): unknown {
  const value = (inner: Expression) => evaluate(inner, environment)
  switch (expression.kind) {
    case 'literal':
      return expression.value
    case 'variable':
      return environment.variables[expression.name]
    case 'array': {
      const items = expression.items.map(value)
      return items.some(isUnknown) ? UNKNOWN : items
    }
    case 'template': {
      const values = expression.values.map(value)
      if (values.some(isUnknown)) return UNKNOWN
      return expression.texts.map((text, index) => text + textOf(values[index])).join('')
    }
    case 'member':
      return memberOf(value(expression.object), value(expression.property))
    case 'get':
      return getDocument(value(expression.path), environment)
    case 'test': {
      const text = value(expression.text)
      if (isUnknown(text)) return UNKNOWN
      return environment.test(expression.regex.source, expression.regex.flags, textOf(text))
    }
    case 'unary': {
      const operand = value(expression.operand)
      if (isUnknown(operand)) return UNKNOWN
      return expression.operator === '!' ? !operand : -numberOf(operand)
    }
    case 'conditional': {
      const test = value(expression.test)
      if (isUnknown(test)) return UNKNOWN
      return value(test ? expression.whenTrue : expression.whenFalse)
    }
    case 'binary':
      return binary(expression.operator, value(expression.left), () => value(expression.right))
  }
}

function binary(operator: BinaryOperator, left: unknown, evaluateRight: () => unknown): unknown {
  if (operator === '&&' || operator === '||') return logical(operator, left, evaluateRight)
  const right = evaluateRight()
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return isUnknown(left) || isUnknown(right) ? UNKNOWN : arithmetic(operator, left, right)
    default:
      return comparison(operator, left, right)
  }
}

/** One side may settle it where the other is unknown. */
function logical(operator: '&&' | '||', left: unknown, evaluateRight: () => unknown): unknown {
  const settles = (value: unknown) => !isUnknown(value) && Boolean(value) === (operator === '||')
  if (settles(left)) return left
  const right = evaluateRight()
  if (!isUnknown(left) || settles(right)) return right
  return UNKNOWN
}

const MIRRORED: Readonly<Partial<Record<ComparisonOperator, ComparisonOperator>>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

function comparison(operator: ComparisonOperator, left: unknown, right: unknown): unknown {
  if (isUnknown(left)) return isUnknown(right) ? UNKNOWN : (left.decide(operator, right) ?? UNKNOWN)
  if (!isUnknown(right)) return compareValues(left, operator, right)
  if (operator === 'in') return right.holds(left) || UNKNOWN
  const mirrored = MIRRORED[operator]
  return (mirrored && right.decide(mirrored, left)) ?? UNKNOWN
}

function arithmetic(operator: '+' | '-' | '*' | '/' | '%', left: unknown, right: unknown): unknown {
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string'))
    return textOf(left) + textOf(right)
  const [a, b] = [numberOf(left), numberOf(right)]
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
  }
}

function memberOf(object: unknown, property: unknown): unknown {
  if (isUnknown(property)) return UNKNOWN
  const name = textOf(property)
  if (isUnknown(object)) return object.member(name)
  if (object === null || object === undefined) throw new EvaluationError(`${name} 的对象不存在`)
  if (Array.isArray(object) && name === 'length') return object.length
  return Object.hasOwn(Object(object), name) ? (object as Record<string, unknown>)[name] : undefined
}

function getDocument(path: unknown, environment: Environment): unknown {
  if (isUnknown(path)) return UNKNOWN
  if (typeof path !== 'string' || !environment.get) throw new EvaluationError('get 的参数不是字符串')
  return environment.get(path)
}

export function isUnknown(value: unknown): value is UnknownValue {
  return value instanceof UnknownValue
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value
  if (value instanceof Date) return value.getTime()
  throw new EvaluationError('参与计算的值不是数字')
}

function textOf(value: unknown): string {
  if (value === undefined) return ''
  if (value === null || typeof value !== 'object') return String(value)
  if ((value as { _bsontype?: unknown })._bsontype === 'ObjectId') return String(value)
  throw new EvaluationError('对象不能当作字符串')
}
