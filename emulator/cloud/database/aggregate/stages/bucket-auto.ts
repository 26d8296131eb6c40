import { requestFailed } from '../../failures.ts'
import { isDocument } from '../../values/document.ts'
import { isNumeric, toNumber } from '../../values/numbers.ts'
import { compareValues, equalValues } from '../../values/ordering.ts'
import { compileFields } from '../accumulators.ts'
import { type Scope, scopeOf } from '../expression/scope.ts'
import { roundDown, roundUp, seriesOf } from './preferred-numbers.ts'
import { wholeCount } from './simple.ts'
import { type CompileStage, requireExpression, stageFields } from './stage.ts'

interface Member {
  readonly value: unknown
  readonly scope: Scope
}

/** `$bucketAuto`: about as many documents in each bucket, equal values in one. */
export const bucketAuto: CompileStage = (specification, { compiler }, name) => {
  const fields = stageFields(specification, name, ['groupBy', 'buckets'], ['output', 'granularity'])
  const { output = { count: { $sum: 1 } }, granularity } = fields
  const keyOf = compiler.compile(requireExpression(fields['groupBy'], "the $bucketAuto 'groupBy' field"))
  const buckets = wholeCount(fields['buckets'], "$bucketAuto 'buckets' field", 1)
  if (!isDocument(output)) throw requestFailed("the $bucketAuto 'output' field must be an object")
  const fold = compileFields(output, compiler)
  const series = granularity === undefined ? undefined : seriesOf(granularity)
  return (documents, outer) => {
    const members = documents
      .map((document) => scopeOf(document, outer))
      .map((scope) => ({ value: keyOf(scope) ?? null, scope }))
      .sort((left, right) => compareValues(left.value, right.value))
    if (series) for (const { value } of members) requireSize(value)
    return divide(members, buckets, series).map(({ min, max, list }) => {
      const id = { min, max }
      const scopes = list.map(({ scope }) => scope)
      return { _id: id, ...fold(scopes, id) }
    })
  }
}

interface Bucket {
  readonly min: unknown
  readonly max: unknown
  readonly list: Member[]
}

function divide(
  members: readonly Member[],
  buckets: number,
  series: readonly number[] | undefined,
): Bucket[] {
  const size = Math.max(1, Math.round(members.length / buckets))
  const found: Bucket[] = []
  let at = 0
  while (at < members.length) {
    const isLast = found.length === buckets - 1
    const end = isLast && !series ? members.length : endOf(members, at, size, series)
    const [first, last, next] = [members[at], members[end - 1], members[end]]
    const previous = found.at(-1)
    if (series) {
      const min = previous?.max ?? roundDown(Number(first?.value), series)
      found.push({ min, max: roundUp(Number(last?.value), series), list: members.slice(at, end) })
    } else {
      found.push({ min: first?.value, max: next ? next.value : last?.value, list: members.slice(at, end) })
    }
    at = end
  }
  return found
}

/** The end of a bucket that begins at a place: equal values, and those below a rounded boundary, stay together. */
function endOf(
  members: readonly Member[],
  at: number,
  size: number,
  series: readonly number[] | undefined,
): number {
  let end = Math.min(at + size, members.length)
  const last = members[end - 1]?.value
  const boundary = series && roundUp(Number(last), series)
  const belongs = (value: unknown) =>
    boundary === undefined ? equalValues(value, last) : compareValues(value, boundary) < 0
  while (end < members.length && belongs(members[end]?.value)) end++
  return end
}

function requireSize(value: unknown): void {
  if (isNumeric(value) && toNumber(value) >= 0) return
  throw requestFailed('$bucketAuto can specify a granularity only with numeric, non-negative boundaries')
}
