import type { CompileExpression } from '../query/query.ts'
import { compilerWith } from './expression/compile.ts'
import { type Operator, scopeOf } from './expression/scope.ts'
import { arithmeticOperators } from './operators/arithmetic.ts'
import { arrayOperators, ofElements } from './operators/arrays.ts'
import { bitwiseOperators } from './operators/bitwise.ts'
import { booleanOperators } from './operators/booleans.ts'
import { conversionOperators } from './operators/conversions.ts'
import { dateArithmeticOperators } from './operators/date-arithmetic.ts'
import { datePartOperators } from './operators/date-parts.ts'
import { dateTextOperators } from './operators/date-text.ts'
import { iterationOperators } from './operators/iterations.ts'
import { objectOperators } from './operators/objects.ts'
import { greatest, least } from './operators/ranking.ts'
import { regexOperators } from './operators/regexes.ts'
import { setOperators } from './operators/sets.ts'
import { statisticOperators } from './operators/statistics.ts'
import { stringOperators } from './operators/strings.ts'
import { trigonometryOperators } from './operators/trigonometry.ts'
import { valueOperators } from './operators/values.ts'

/** Every operator of expressions. None runs a client's code: `$function` is not among them. */
const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    ...arithmeticOperators,
    ...arrayOperators,
    $maxN: ofElements(greatest),
    $minN: ofElements(least),
    ...bitwiseOperators,
    ...booleanOperators,
    ...conversionOperators,
    ...dateArithmeticOperators,
    ...datePartOperators,
    ...dateTextOperators,
    ...iterationOperators,
    ...objectOperators,
    ...regexOperators,
    ...setOperators,
    ...statisticOperators,
    ...stringOperators,
    ...trigonometryOperators,
    ...valueOperators,
  }),
)

/** Operators of expressions, for the list of what is supported. */
export const EXPRESSION_OPERATORS: readonly string[] = [...OPERATORS.keys()]

/** Compiles expressions in which these variables may be used besides the system's. */
export function expressionCompiler(names: ReadonlySet<string> = new Set()) {
  return compilerWith(OPERATORS, names)
}

/**
 * Compiles the expressions of queries that are no part of a pipeline.
 * @throws DATABASE_INVALID_OPERRATOR for an operator that is not known, DATABASE_REQUEST_FAILED for one that is
 * written wrongly: both before any document is read
 */
export const compileExpression: CompileExpression = (expression) => {
  const evaluate = expressionCompiler().compile(expression)
  return (document) => evaluate(scopeOf(document))
}
