import { Context, evalExpr, ProcessingMode } from 'mingo/core'
import * as mingoAccumulators from 'mingo/operators/accumulator'
import * as mingoExpressions from 'mingo/operators/expression'
import * as mingoWindows from 'mingo/operators/window'
import type { Options } from 'mingo/types'
import { requestFailed } from '../failures.ts'
import type { CompileExpression } from '../query/query.ts'
import { accumulators, expressionOperators } from './expressions.ts'
import { guardExpression } from './guard.ts'
import { scalarOperators } from './scalars.ts'
import { stringOperators } from './strings.ts'

/** They run a client's code. */
const { $function: _function, ...safeExpressions } = mingoExpressions
const { $accumulator: _accumulator, ...safeAccumulators } = mingoAccumulators

/** What expressions are made of: mingo's operators, and ours where mingo's differ from MongoDB. */
export const EXPRESSION_OPERATORS = {
  expression: { ...safeExpressions, ...expressionOperators, ...stringOperators, ...scalarOperators },
  accumulator: { ...safeAccumulators, ...accumulators },
  window: mingoWindows,
}

const NAMES = new Set(Object.values(EXPRESSION_OPERATORS).flatMap(Object.keys))

export function isExpressionOperator(name: string): boolean {
  return NAMES.has(name)
}

/** mingo's options for a set of operators, with everything off that would run a client's code. */
export function mingoOptions(context: Context): Options {
  return {
    idKey: '_id',
    useStrictMode: true,
    scriptEnabled: false,
    failOnError: true,
    processingMode: ProcessingMode.CLONE_OFF,
    context,
  }
}

/**
 * Compiles an expression to be evaluated with the variables of a pipeline.
 * @throws DATABASE_INVALID_OPERRATOR for an operator that is not known, before any document is looked at
 */
export function compileWith(options: Options): CompileExpression {
  return (expression) => {
    const guarded = guardExpression(expression, isExpressionOperator)
    return (document) => runMingo(() => evalExpr(document, guarded, options))
  }
}

/**
 * Runs something of mingo, which does not check all it is given.
 * @throws DATABASE_REQUEST_FAILED where it stumbles over an operand of the wrong type
 */
export function runMingo<Result>(run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error
    throw requestFailed('a stage or an operator was given a value it can not take')
  }
}

/** Compiles the expressions of queries that are no part of a pipeline. */
// The typings want operators of mingo's own; ours have the same shape with `unknown` in it.
export const compileExpression = compileWith(mingoOptions(Context.init(EXPRESSION_OPERATORS as never)))
