import { BSONRegExp } from 'bson'
import { invalidOperator, requestFailed } from '../failures.ts'
import { compileRegex } from '../query/regex.ts'
import { isDocument } from '../values/document.ts'
import { isPlainPath } from './stages.ts'

/** One stage: its name and its value. */
export interface PipelineStage {
  readonly name: string
  readonly value: unknown
}

/** Names that are operators only inside `$match`, which compiles its own query. */
const QUERIES = new Set(['$match', 'query', 'restrictSearchWithMatch'])

/** Operators of one argument, which may come in an array of its own: `{ $size: ['$a'] }`. mingo does not know. */
const UNARY = new Set(
  (
    'abs ceil exp floor ln log10 sqrt trunc round arrayToObject objectToArray reverseArray size strLenBytes strLenCP ' +
    'toLower toUpper toString toInt toLong toDouble toDecimal toBool toDate toObjectId type isNumber year month week ' +
    'dayOfMonth dayOfWeek dayOfYear hour minute second millisecond isoDayOfWeek isoWeek isoWeekYear first last'
  )
    .split(' ')
    .map((name) => `$${name}`),
)

function argument(operator: string, operand: unknown): unknown {
  return UNARY.has(operator) && Array.isArray(operand) && operand.length === 1 ? operand[0] : operand
}

/**
 * Looks through a pipeline before it runs, so that an unknown operator is refused even where no document meets it,
 * and puts it as mingo wants it: regular expressions as JavaScript's, single arguments without their array.
 * @throws DATABASE_INVALID_OPERRATOR for an operator that is not known; DATABASE_REQUEST_FAILED for a path into what
 * JavaScript objects inherit.
 */
export function guardExpression(value: unknown, isKnown: (operator: string) => boolean): unknown {
  if (typeof value === 'string') return guardPath(value)
  if (value instanceof BSONRegExp) return compileRegex(value.pattern, value.options)
  if (Array.isArray(value)) return value.map((item) => guardExpression(item, isKnown))
  if (!isDocument(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key.startsWith('$') && !isKnown(key)) throw invalidOperator(`Unrecognized expression '${key}'`)
      if (key.includes('.') && !isPlainPath(key)) throw requestFailed(`can not use the field ${key}`)
      const isOpaque = key === '$literal' || QUERIES.has(key)
      return [key, isOpaque ? inner : guardExpression(argument(key, inner), isKnown)]
    }),
  )
}

/** Any text of a pipeline may be a path or a name of a field to make, so none may lead to a prototype. */
function guardPath(text: string): string {
  if (text.replace(/^\$+/, '').split('.').includes('__proto__')) {
    throw requestFailed("a field can not be named '__proto__'")
  }
  return text
}
