import { ProjectionCommand } from './commands.ts'
import { encodeQuery } from './encode-query.ts'
import { CODES, DatabaseFailure } from './failure.ts'
import { encodeValue, type Fields, isPlain } from './values.ts'

/** The fields of `field({ name: true, list: _.project.slice(1) })` in MongoDB's words. @throws DatabaseFailure */
export function encodeProjection(fields: unknown): Fields {
  if (!isPlain(fields)) {
    throw new DatabaseFailure(CODES.badType, 'field:fail parameter should be object')
  }
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, encodeField(value)]))
}

function encodeField(value: unknown): unknown {
  if (!(value instanceof ProjectionCommand)) return isPlain(value) ? encodeValue(value) : value ? 1 : 0
  if (value.operator === '$elemMatch') return { $elemMatch: encodeQuery(value.operand) }
  const range = value.operand
  return { $slice: Array.isArray(range) && range.length === 1 ? range[0] : range }
}
