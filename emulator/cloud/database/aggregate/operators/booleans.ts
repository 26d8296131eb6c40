import { requestFailed } from '../../failures.ts'
import { isTruthy } from '../../query/operator.ts'
import { isDocument } from '../../values/document.ts'
import { compareValues } from '../../values/ordering.ts'
import { argumentList, compileArguments, namedOperands, onOne, onTwo } from '../expression/arguments.ts'
import type { Operator } from '../expression/scope.ts'
import { isNothing } from '../expression/scope.ts'

/** What decides: comparisons, logic and conditions. A branch that is not taken is not evaluated. */

function comparison(answer: (order: number) => unknown): Operator {
  return onTwo((left, right) => answer(Math.sign(compareValues(left, right))))
}

/** Goes on until the answer is known. */
function logic(isDecided: (isTrue: boolean) => boolean, answer: boolean): Operator {
  return (operand, compiler) => {
    const conditions = argumentList(operand).map((condition) => compiler.compile(condition))
    return (scope) => (conditions.some((evaluate) => isDecided(isTruthy(evaluate(scope)))) ? answer : !answer)
  }
}

/** `[if, then, else]`, or an object with these fields. */
const cond: Operator = (operand, compiler, name) => {
  const [test, then, otherwise] = isDocument(operand)
    ? ['if', 'then', 'else'].map((field) =>
        compiler.compile(namedOperands(operand, name, ['if', 'then', 'else'])[field]),
      )
    : compileArguments(operand, compiler, name, 3)
  return (scope) => (isTruthy(test?.(scope)) ? then : otherwise)?.(scope)
}

/** The first that is neither null nor missing; the last, whatever it is. */
const ifNull: Operator = (operand, compiler, name) => {
  const args = compileArguments(operand, compiler, name, 2, Number.POSITIVE_INFINITY)
  return (scope) => {
    let value: unknown
    for (const evaluate of args) {
      value = evaluate(scope)
      if (!isNothing(value)) return value
    }
    return value
  }
}

/** Without a default, a value that fits no branch is an error. */
const switchOf: Operator = (operand, compiler, name) => {
  const fields = namedOperands(operand, name, ['branches'], ['default'])
  const list = fields['branches']
  if (!Array.isArray(list) || list.length === 0) throw requestFailed('$switch requires at least one branch.')
  const branches = list.map((branch) => {
    const { case: test, then } = namedOperands(branch, '$switch branch', ['case', 'then'])
    return { test: compiler.compile(test), answer: compiler.compile(then) }
  })
  const otherwise = Object.hasOwn(fields, 'default') ? compiler.compile(fields['default']) : undefined
  return (scope) => {
    const branch = branches.find(({ test }) => isTruthy(test(scope)))
    if (branch) return branch.answer(scope)
    if (otherwise) return otherwise(scope)
    throw requestFailed(
      '$switch could not find a matching branch for an input, and no default was specified.',
    )
  }
}

export const booleanOperators: Readonly<Record<string, Operator>> = {
  $cmp: comparison((order) => order),
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $and: logic((isTrue) => !isTrue, false),
  $or: logic((isTrue) => isTrue, true),
  $not: onOne((value) => !isTruthy(value)),
  $cond: cond,
  $ifNull: ifNull,
  $switch: switchOf,
}
