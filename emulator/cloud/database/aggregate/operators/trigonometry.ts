import { requestFailed } from '../../failures.ts'
import { toNumber } from '../../values/numbers.ts'
import { onTwo } from '../expression/arguments.ts'
import { isNothing, type Operator } from '../expression/scope.ts'
import { ofNumber, requireNumber } from './arithmetic.ts'

/** NaN passes; a number outside the function's domain is an error. */
function within(least: number, most: number, compute: (value: number) => number): Operator {
  return ofNumber((value, name) => {
    if (value < least || value > most) {
      throw requestFailed(`cannot apply ${name} to ${value}, value must be in [${least},${most}]`)
    }
    return compute(value)
  })
}

function finite(compute: (value: number) => number): Operator {
  return ofNumber((value, name) => {
    if (Math.abs(value) === Number.POSITIVE_INFINITY) {
      throw requestFailed(`cannot apply ${name} to ${value}, value must be in (-inf,inf)`)
    }
    return compute(value)
  })
}

export const trigonometryOperators: Readonly<Record<string, Operator>> = {
  $sin: finite(Math.sin),
  $cos: finite(Math.cos),
  $tan: finite(Math.tan),
  $asin: within(-1, 1, Math.asin),
  $acos: within(-1, 1, Math.acos),
  $atan: ofNumber(Math.atan),
  $atan2: onTwo((y, x, name) =>
    isNothing(y) || isNothing(x)
      ? null
      : Math.atan2(toNumber(requireNumber(y, name)), toNumber(requireNumber(x, name))),
  ),
  $sinh: ofNumber(Math.sinh),
  $cosh: ofNumber(Math.cosh),
  $tanh: ofNumber(Math.tanh),
  $asinh: ofNumber(Math.asinh),
  $acosh: within(1, Number.POSITIVE_INFINITY, Math.acosh),
  $atanh: within(-1, 1, Math.atanh),
  $degreesToRadians: ofNumber((value) => (value * Math.PI) / 180),
  $radiansToDegrees: ofNumber((value) => (value * 180) / Math.PI),
}
