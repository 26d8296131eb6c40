import type { ComparisonOperator } from './expression.ts'
import { compareValues, isSame } from './values.ts'

/** One condition of a query on one field, in MongoDB's words: `{ operator: '$gt', operand: 1 }`. */
export interface Condition {
  readonly operator: string
  readonly operand: unknown
}

/** The conditions of a query by the path of their field, all of which hold. */
export type Conditions = ReadonlyMap<string, readonly Condition[]>

/** A value that a query leaves open: a field of the documents it finds, of which only the query's conditions are known. */
export class UnknownValue {
  readonly #conditions: Conditions
  readonly #path: string

  constructor(conditions: Conditions = new Map(), path = '') {
    this.#conditions = conditions
    this.#path = path
  }

  /** A field of this value; the value itself where the query says what the field equals. */
  member(name: string): unknown {
    const path = this.#path === '' ? name : `${this.#path}.${name}`
    const equal = this.#conditions.get(path)?.find(({ operator }) => operator === '$eq')
    return equal ? equal.operand : new UnknownValue(this.#conditions, path)
  }

  /** Whether `this <operator> value` holds for all that the query finds, or for none of it; else undefined. */
  decide(operator: ComparisonOperator, value: unknown): boolean | undefined {
    for (const condition of this.#conditions.get(this.#path) ?? []) {
      const decided = decide(condition, operator, value)
      if (decided !== undefined) return decided
    }
    return undefined
  }

  /** Whether all that the query finds have the value in this array. */
  holds(value: unknown): boolean {
    return (this.#conditions.get(this.#path) ?? []).some(({ operator, operand }) => {
      if (operator === '$all') return Array.isArray(operand) && operand.some((item) => isSame(item, value))
      const inner = operator === '$elemMatch' ? (operand as { $eq?: unknown } | null)?.$eq : undefined
      return inner !== undefined && isSame(inner, value)
    })
  }
}

function decide(
  { operator, operand }: Condition,
  asked: ComparisonOperator,
  value: unknown,
): boolean | undefined {
  switch (operator) {
    case '$in':
      return decideAll(operand, asked, value)
    case '$ne':
      return isSame(operand, value) ? decideEquality(asked, false) : undefined
    case '$nin':
      if (!Array.isArray(operand) || !operand.some((item) => isSame(item, value))) return undefined
      return decideEquality(asked, false)
    case '$exists':
      return operand === true && isSame(value, null) ? decideEquality(asked, false) : undefined
    case '$gt':
    case '$gte':
      return decideBound(operand, asked, value, operator === '$gt', ABOVE)
    case '$lt':
    case '$lte':
      return decideBound(operand, asked, value, operator === '$lt', BELOW)
    default:
      return undefined
  }
}

/** The same for each of the values that the field may have. */
function decideAll(operand: unknown, asked: ComparisonOperator, value: unknown): boolean | undefined {
  if (!Array.isArray(operand) || operand.length === 0) return undefined
  const answers = new Set(operand.map((item) => compareValues(item, asked, value)))
  const [answer] = answers
  return answers.size === 1 ? answer : undefined
}

function decideEquality(asked: ComparisonOperator, isEqual: boolean): boolean | undefined {
  if (asked === '==') return isEqual
  return asked === '!=' ? !isEqual : undefined
}

/** The comparisons that a bound proves, and those that it disproves. */
interface Direction {
  proves: readonly ComparisonOperator[]
  disproves: readonly ComparisonOperator[]
  /** Whether the bound is at least as far as the value. */
  reaches: ComparisonOperator
  /** Whether it is farther. */
  passes: ComparisonOperator
}
const ABOVE: Direction = { proves: ['>', '>='], disproves: ['<', '<='], reaches: '>=', passes: '>' }
const BELOW: Direction = { proves: ['<', '<='], disproves: ['>', '>='], reaches: '<=', passes: '<' }

function decideBound(
  bound: unknown,
  asked: ComparisonOperator,
  value: unknown,
  isStrict: boolean,
  direction: Direction,
): boolean | undefined {
  // All values are strictly beyond the value asked about, or may also be equal to it.
  if (compareValues(bound, isStrict ? direction.reaches : direction.passes, value)) {
    if (direction.proves.includes(asked)) return true
    if (direction.disproves.includes(asked)) return false
    return decideEquality(asked, false)
  }
  if (!compareValues(bound, direction.reaches, value)) return undefined
  if (asked === direction.proves[1]) return true
  return asked === direction.disproves[0] ? false : undefined
}
