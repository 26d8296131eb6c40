import { requestFailed } from '../../failures.ts'
import { fromInteger, type Numeric, toInteger, toNumber } from '../../values/numbers.ts'

/** Halves go to the even digit, by the exact value of the double: 2.5 is 2, 1.005 to two places is 1. */
export function roundTo(value: Numeric, places: number): Numeric {
  return toPlaces(value, places, (quotient, remainder, unit) => {
    const twice = remainder * 2n
    const isUp = twice > unit || (twice === unit && quotient % 2n === 1n)
    return isUp ? quotient + 1n : quotient
  })
}

/** Towards zero. */
export function truncateTo(value: Numeric, places: number): Numeric {
  return toPlaces(value, places, (quotient) => quotient)
}

type Choose = (quotient: bigint, remainder: bigint, unit: bigint) => bigint

/** Decimal digits that are kept of the exact value of a double: all that can matter for up to 100 places. */
const FRACTION_DIGITS = 100

function toPlaces(value: Numeric, places: number, choose: Choose): Numeric {
  const integer = toInteger(value)
  if (integer !== undefined) return places >= 0 ? value : wholeToPlaces(integer, places, choose)
  const number = toNumber(value)
  if (!Number.isFinite(number)) return number
  const digits = BigInt(Math.abs(number).toFixed(FRACTION_DIGITS).replace('.', ''))
  const unit = 10n ** BigInt(FRACTION_DIGITS - places)
  const quotient = choose(digits / unit, digits % unit, unit)
  return Math.sign(number) * Number(`${quotient}e${-places}`)
}

function wholeToPlaces(integer: bigint, places: number, choose: Choose): Numeric {
  const unit = 10n ** BigInt(-places)
  const size = integer < 0n ? -integer : integer
  const rounded = choose(size / unit, size % unit, unit) * unit
  if (rounded >= 2n ** 63n)
    throw requestFailed('invalid conversion from Decimal128 result in $round resulting from arguments')
  return fromInteger(integer < 0n ? -rounded : rounded)
}
