import { requestFailed } from '../../failures.ts'
import type { Document } from '../../values/document.ts'
import { isNumeric, toNumber } from '../../values/numbers.ts'
import { compareValues } from '../../values/ordering.ts'
import { valueAt } from '../expression/field-path.ts'
import { isNothing } from '../expression/scope.ts'
import { addToDate, requireUnit } from '../operators/date-arithmetic.ts'
import { UTC } from '../operators/time-zone.ts'
import { addField } from './add-fields.ts'
import { documentOf, partition } from './partitions.ts'
import { type CompileStage, stageFields, writablePath } from './stage.ts'

/** Documents that one `$densify` may add. MongoDB's own limit is 500,000. */
const MAXIMUM_ADDED = 500_000

type Position = number | Date

/** The place some steps after the start of a range. */
type Step = (start: Position, steps: number) => Position

/** `$densify`: documents for the steps of a range that have none. */
export const densify: CompileStage = (specification, { compiler }, name) => {
  const {
    field,
    partitionByFields = [],
    range,
  } = stageFields(specification, name, ['field', 'range'], ['partitionByFields'])
  const path = writablePath(field, `${name} field`)
  if (!Array.isArray(partitionByFields)) throw requestFailed('partitionByFields must be an array of fields')
  const keys = partitionByFields.map((key) => writablePath(key, 'a field of partitionByFields'))
  const { step, unit, bounds } = stageFields(range, `${name} range`, ['step', 'bounds'], ['unit'])
  const size = isNumeric(step) ? toNumber(step) : Number.NaN
  if (!(size > 0))
    throw requestFailed('the step parameter in a range must be a strictly positive numeric value')
  const dateUnit = unit === undefined ? undefined : requireUnit(unit, name)
  const limits = parseBounds(bounds, dateUnit !== undefined)
  const stepFrom: Step = (start, steps) =>
    start instanceof Date
      ? addToDate(start.getTime(), dateUnit ?? 'millisecond', steps * size, UTC)
      : start + steps * size
  const partitionBy = compiler.compile(
    Object.fromEntries(keys.map((key, at) => [`f${at}`, `$${key.join('.')}`])),
  )
  return (documents, outer) => {
    const positionOf = (document: Document) =>
      requirePosition(valueAt(document, path), dateUnit !== undefined)
    const groups = partition(documents, outer, { partitionBy, compare: undefined }).map((members) =>
      members.map(documentOf),
    )
    const all = documents.flatMap((document) => positionOf(document) ?? [])
    const added = { count: 0 }
    return groups.flatMap((members) => {
      const template = keys.reduce<Document>((made, key) => addField(made, key, valueAt(members[0], key)), {})
      const range = rangeOf(
        limits,
        all,
        members.flatMap((member) => positionOf(member) ?? []),
      )
      const made = range ? missing(range, members.map(positionOf), stepFrom, added) : []
      return [...members, ...made.map((position) => addField(template, path, position))].sort((left, right) =>
        compareValues(valueAt(left, path), valueAt(right, path)),
      )
    })
  }
}

type Limits = 'full' | 'partition' | readonly [Position, Position]

function parseBounds(bounds: unknown, isOfDates: boolean): Limits {
  if (bounds === 'full' || bounds === 'partition') return bounds
  const list = Array.isArray(bounds) ? bounds : []
  const isFitting =
    list.length === 2 && list.every((bound) => (isOfDates ? bound instanceof Date : isNumeric(bound)))
  if (!isFitting)
    throw requestFailed("bounds must be 'full', 'partition', or two numbers, or two dates with a unit")
  const [lower, upper] = list.map((bound) => (isNumeric(bound) ? toNumber(bound) : bound)) as [
    Position,
    Position,
  ]
  if (compareValues(lower, upper) > 0) throw requestFailed('the lower bound must not exceed the upper bound')
  return [lower, upper]
}

function requirePosition(value: unknown, isOfDates: boolean): Position | undefined {
  if (isNothing(value)) return undefined
  if (isOfDates && value instanceof Date) return value
  if (!isOfDates && isNumeric(value)) return toNumber(value)
  throw requestFailed('Densify field type must be numeric without a unit, and a date with one')
}

/** From the first step up to the last, which counts only where it is a document's own. */
interface Range {
  readonly from: Position
  readonly to: Position
}

function rangeOf(limits: Limits, all: readonly Position[], own: readonly Position[]): Range | undefined {
  if (typeof limits !== 'string') return { from: limits[0], to: limits[1] }
  const sorted = [...(limits === 'full' ? all : own)].sort(compareValues)
  const [from, to] = [sorted[0], sorted.at(-1)]
  return from === undefined || to === undefined ? undefined : { from, to }
}

function missing(
  { from, to }: Range,
  there: readonly (Position | undefined)[],
  step: Step,
  added: { count: number },
): Position[] {
  const taken = new Set(there.map((position) => (position instanceof Date ? position.getTime() : position)))
  const made: Position[] = []
  for (let steps = 0; ; steps++) {
    const position = step(from, steps)
    if (compareValues(position, to) >= 0) return made
    if (taken.has(position instanceof Date ? position.getTime() : position)) continue
    added.count += 1
    if (added.count > MAXIMUM_ADDED)
      throw requestFailed(
        `Generated ${added.count} documents in $densify, which is over the limit of ${MAXIMUM_ADDED}`,
      )
    made.push(position)
  }
}
