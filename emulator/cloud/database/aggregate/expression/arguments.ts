import { requestFailed } from '../../failures.ts'
import { type Document, isDocument } from '../../values/document.ts'
import { isNumeric, toNumber } from '../../values/numbers.ts'
import { typeName } from '../../values/types.ts'
import type { Compiler, Evaluate, Operator, Scope } from './scope.ts'
import { isNothing } from './scope.ts'

/** How operators take their arguments. All of them count and name the arguments before any document is read. */

/** `{ $op: x }` and `{ $op: [x] }` mean the same. */
export function argumentList(operand: unknown): unknown[] {
  return Array.isArray(operand) ? operand : [operand]
}

/** The arguments, compiled. @throws DATABASE_REQUEST_FAILED for fewer or more than are allowed */
export function compileArguments(
  operand: unknown,
  compiler: Compiler,
  name: string,
  least: number,
  most = least,
): Evaluate[] {
  const list = argumentList(operand)
  if (list.length < least || list.length > most) {
    const wanted =
      least === most
        ? `exactly ${least} arguments`
        : most === Number.POSITIVE_INFINITY
          ? `at least ${least} arguments`
          : `at least ${least} arguments, and at most ${most}`
    throw requestFailed(`Expression ${name} takes ${wanted}. ${list.length} were passed in.`)
  }
  return list.map((argument) => compiler.compile(argument))
}

/** An operator on the values of `least` to `most` arguments. */
export function onValues(
  least: number,
  most: number,
  apply: (values: readonly unknown[], name: string) => unknown,
): Operator {
  return (operand, compiler, name) => {
    const args = compileArguments(operand, compiler, name, least, most)
    return (scope) => apply(evaluateAll(args, scope), name)
  }
}

export function onOne(apply: (value: unknown, name: string) => unknown): Operator {
  return onValues(1, 1, ([value], name) => apply(value, name))
}

export function onTwo(apply: (left: unknown, right: unknown, name: string) => unknown): Operator {
  return onValues(2, 2, ([left, right], name) => apply(left, right, name))
}

export function onMany(apply: (values: readonly unknown[], name: string) => unknown): Operator {
  return onValues(0, Number.POSITIVE_INFINITY, apply)
}

export function evaluateAll(args: readonly Evaluate[], scope: Scope): unknown[] {
  return args.map((evaluate) => evaluate(scope))
}

/** The fields of an operator that takes an object. @throws DATABASE_REQUEST_FAILED for missing and unknown ones */
export function namedOperands(
  operand: unknown,
  name: string,
  required: readonly string[],
  optional: readonly string[] = [],
): Document {
  if (!isDocument(operand)) throw requestFailed(`${name} only supports an object as its argument`)
  for (const field of Object.keys(operand)) {
    if (!required.includes(field) && !optional.includes(field)) {
      throw requestFailed(`Unrecognized argument to ${name}: ${field}`)
    }
  }
  for (const field of required) {
    if (!Object.hasOwn(operand, field)) throw requestFailed(`Missing '${field}' parameter to ${name}`)
  }
  return operand
}

/** An operator that takes an object; arguments left out are `undefined` in what `apply` is given. */
export function onNamed(
  required: readonly string[],
  optional: readonly string[],
  apply: (values: Record<string, unknown>, name: string, given: ReadonlySet<string>) => unknown,
): Operator {
  return (operand, compiler, name) => {
    const fields = Object.entries(namedOperands(operand, name, required, optional))
    const given = new Set(fields.map(([field]) => field))
    const args = fields.map(([field, expression]) => [field, compiler.compile(expression)] as const)
    return (scope) =>
      apply(Object.fromEntries(args.map(([field, evaluate]) => [field, evaluate(scope)])), name, given)
  }
}

export function requireString(value: unknown, name: string): string {
  if (typeof value === 'string') return value
  throw requestFailed(`${name} requires a string argument, found: ${typeName(value)}`)
}

export function requireArray(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value
  throw requestFailed(`The argument to ${name} must be an array, but was of type: ${typeName(value)}`)
}

/** A whole number, as a double that is exactly one counts too. */
export function requireInteger(value: unknown, name: string): number {
  const number = isNumeric(value) ? toNumber(value) : Number.NaN
  if (!Number.isInteger(number)) {
    throw requestFailed(`${name} requires an integral argument, found: ${typeName(value)}`)
  }
  return number
}

/** A function that answers null where a value is null or missing. */
export function unlessNothing(
  apply: (value: unknown, name: string) => unknown,
): (value: unknown, name: string) => unknown {
  return (value, name) => (isNothing(value) ? null : apply(value, name))
}
