import { LogicCommand, QueryCommand, UpdateCommand } from './commands.ts'
import { CODES, DatabaseFailure } from './failure.ts'
import { isGeo } from './geo.ts'
import { encodeValue, type Fields, isPlain } from './values.ts'

/**
 * A condition of `where()` in MongoDB's words, as extended JSON. Nested objects become dotted paths.
 * @throws DatabaseFailure for what is no condition
 */
export function encodeQuery(query: unknown): Fields {
  if (query instanceof LogicCommand) return encodeLogic(query, encodeQuery)
  if (!isPlain(query) || isCommand(query)) {
    throw new DatabaseFailure(CODES.badType, '查询参数必须为对象')
  }
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  if (given.length === 0 && Object.keys(query).length > 0) {
    throw new DatabaseFailure(CODES.general, '查询参数对象值不能均为undefined')
  }
  return mergeConditions(given.map(([field, value]) => encodeField(field, value)))
}

/** Whether `'{openid}'` is the operand of a command, where WeChat leaves it as it is. */
export function hasOpenidInCommand(value: unknown, isInCommand = false): boolean {
  if (value === '{openid}') return isInCommand
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, inner]) =>
    hasOpenidInCommand(inner, isInCommand || (key.startsWith('$') && !LOGIC.has(key))),
  )
}

const LOGIC = new Set(['$and', '$or', '$nor'])

export function isCommand(value: unknown): boolean {
  return value instanceof QueryCommand || value instanceof LogicCommand || value instanceof UpdateCommand
}

function encodeField(field: string, value: unknown): Fields {
  if (field.startsWith('$')) return { [field]: encodeValue(value) }
  if (value instanceof UpdateCommand) {
    throw new DatabaseFailure(CODES.badParameter, `${field}: 更新指令不能用在查询条件里`)
  }
  if (value instanceof QueryCommand) return { [field]: encodeOperator(value) }
  if (value instanceof LogicCommand) {
    if (value.operator !== '$not') return encodeLogic(value, (part) => encodeField(field, part))
    return { [field]: { $not: negated(value.operands[0]) } }
  }
  if (!isPlain(value)) return { [field]: encodeValue(value) }
  const inner = Object.entries(value).filter(([, part]) => part !== undefined)
  return mergeConditions(inner.map(([name, part]) => encodeField(`${field}.${name}`, part)))
}

function encodeLogic({ operator, operands }: LogicCommand, encode: (part: unknown) => Fields): Fields {
  // `_.not({…})` of a whole query is that none of its conditions holds.
  return { [operator === '$not' ? '$nor' : operator]: operands.map(encode) }
}

/** Conditions on the same field are joined by `$and` where one would replace the other. */
function mergeConditions(conditions: readonly Fields[]): Fields {
  const merged: Fields = {}
  const others: Fields[] = []
  for (const condition of conditions) {
    const isFree = Object.keys(condition).every((key) => !Object.hasOwn(merged, key))
    if (isFree) Object.assign(merged, condition)
    else others.push(condition)
  }
  return others.length === 0 ? merged : { $and: [merged, ...others] }
}

/** The conditions of `_.not(…)` and `_.elemMatch(…)` on a value itself. */
function negated(operand: unknown): unknown {
  if (operand instanceof QueryCommand) return encodeOperator(operand)
  if (operand instanceof LogicCommand) {
    const parts = operand.operands.filter((part) => part instanceof QueryCommand)
    if (operand.operator === '$and' && parts.length === operand.operands.length) {
      return Object.assign({}, ...parts.map(encodeOperator))
    }
    throw new DatabaseFailure(CODES.badParameter, `_.not 不能用在 ${operand.operator} 上`)
  }
  const value = encodeValue(operand)
  return isPlain(value) && '$regularExpression' in value ? value : { $eq: value }
}

function encodeOperator({ operator, operand }: QueryCommand): Fields {
  switch (operator) {
    case '$nearSphere': {
      const { geometry, maxDistance, minDistance } = asFields(operand)
      return {
        $nearSphere: encodeValue({
          $geometry: geometry,
          $maxDistance: maxDistance,
          $minDistance: minDistance,
        }),
      }
    }
    case '$geoWithin':
    case '$geoIntersects':
      return { [operator]: encodeArea(asFields(operand)) }
    case '$elemMatch':
      return { $elemMatch: encodeElement(operand) }
    default:
      return { [operator]: encodeValue(operand) }
  }
}

function encodeArea({ geometry, centerSphere }: Fields): unknown {
  if (!Array.isArray(centerSphere)) return encodeValue({ $geometry: geometry })
  const [center, radius] = centerSphere
  return { $centerSphere: [isGeo(center) ? center.toJSON().coordinates : center, radius] }
}

function encodeElement(operand: unknown): unknown {
  if (operand instanceof QueryCommand || operand instanceof LogicCommand) return negated(operand)
  return isPlain(operand) ? encodeQuery(operand) : encodeValue(operand)
}

function asFields(value: unknown): Fields {
  return isPlain(value) ? value : {}
}
