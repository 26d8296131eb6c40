import { requestFailed } from '../../failures.ts'
import { fromInteger, toInt64 } from '../../values/numbers.ts'
import { typeName } from '../../values/types.ts'
import { onMany, onOne } from '../expression/arguments.ts'
import { isNothing, type Operator } from '../expression/scope.ts'

/** Bits of whole numbers of up to 64 bits; anything else has none. */
function requireBits(value: unknown, name: string): bigint {
  const bits = toInt64(value)
  if (bits === undefined)
    throw requestFailed(`${name} only supports int and long operands, found: ${typeName(value)}`)
  return bits
}

function bitwise(start: bigint, combine: (left: bigint, right: bigint) => bigint): Operator {
  return onMany((values, name) => {
    if (values.some(isNothing)) return null
    return fromInteger(values.map((value) => requireBits(value, name)).reduce(combine, start))
  })
}

export const bitwiseOperators: Readonly<Record<string, Operator>> = {
  $bitAnd: bitwise(-1n, (left, right) => left & right),
  $bitOr: bitwise(0n, (left, right) => left | right),
  $bitXor: bitwise(0n, (left, right) => left ^ right),
  $bitNot: onOne((value, name) => (isNothing(value) ? null : fromInteger(~requireBits(value, name)))),
}
