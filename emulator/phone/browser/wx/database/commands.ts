/** Joins conditions: `_.gt(1).and(_.lt(5))`, and each comparison by its name: `_.gt(1).lt(5)`. */
abstract class Condition {
  and(...more: unknown[]): LogicCommand {
    return new LogicCommand('$and', [this, ...listOf(more)])
  }

  or(...more: unknown[]): LogicCommand {
    return new LogicCommand('$or', [this, ...listOf(more)])
  }

  nor(...more: unknown[]): LogicCommand {
    return new LogicCommand('$nor', [this, ...listOf(more)])
  }

  not(): LogicCommand {
    return new LogicCommand('$not', [this])
  }
}

/** A condition on one field. */
export class QueryCommand extends Condition {
  readonly operator: string
  readonly operand: unknown

  constructor(operator: string, operand: unknown) {
    super()
    this.operator = operator
    this.operand = operand
  }
}

/** Conditions joined: on one field, or whole queries. */
export class LogicCommand extends Condition {
  readonly operator: '$and' | '$or' | '$nor' | '$not'
  readonly operands: readonly unknown[]

  constructor(operator: LogicCommand['operator'], operands: readonly unknown[]) {
    super()
    this.operator = operator
    this.operands = operands
  }
}

/** A change of one field. */
export class UpdateCommand {
  readonly operator: string
  readonly operand: unknown

  constructor(operator: string, operand: unknown) {
    this.operator = operator
    this.operand = operand
  }
}

/** A part of a projection: `_.project.slice(3)`. */
export class ProjectionCommand {
  readonly operator: string
  readonly operand: unknown

  constructor(operator: string, operand: unknown) {
    this.operator = operator
    this.operand = operand
  }
}

const COMPARISONS: Readonly<Record<string, (...operands: unknown[]) => QueryCommand>> = {
  eq: (value) => new QueryCommand('$eq', value),
  neq: (value) => new QueryCommand('$ne', value),
  lt: (value) => new QueryCommand('$lt', value),
  lte: (value) => new QueryCommand('$lte', value),
  gt: (value) => new QueryCommand('$gt', value),
  gte: (value) => new QueryCommand('$gte', value),
  in: (values) => new QueryCommand('$in', values),
  nin: (values) => new QueryCommand('$nin', values),
  exists: (value) => new QueryCommand('$exists', value),
  size: (value) => new QueryCommand('$size', value),
  mod: (divisor, remainder) =>
    new QueryCommand('$mod', Array.isArray(divisor) ? divisor : [divisor, remainder]),
  all: (values) => new QueryCommand('$all', values),
  elemMatch: (condition) => new QueryCommand('$elemMatch', condition),
  geoNear: (value) => new QueryCommand('$nearSphere', value),
  geoWithin: (value) => new QueryCommand('$geoWithin', value),
  geoIntersects: (value) => new QueryCommand('$geoIntersects', value),
}

for (const [name, compare] of Object.entries(COMPARISONS)) {
  Object.defineProperty(Condition.prototype, name, {
    value(this: Condition, ...operands: unknown[]) {
      return this.and(compare(...operands))
    },
  })
}

const UPDATES: Readonly<Record<string, (...operands: unknown[]) => UpdateCommand>> = {
  set: (value) => new UpdateCommand('$set', value),
  remove: () => new UpdateCommand('$unset', ''),
  inc: (value) => new UpdateCommand('$inc', value),
  mul: (value) => new UpdateCommand('$mul', value),
  min: (value) => new UpdateCommand('$min', value),
  max: (value) => new UpdateCommand('$max', value),
  rename: (value) => new UpdateCommand('$rename', value),
  bit: (value) => new UpdateCommand('$bit', value),
  push: (...values) => new UpdateCommand('$push', modifiersOf(values)),
  unshift: (...values) => new UpdateCommand('$push', { $each: listOf(values), $position: 0 }),
  pop: () => new UpdateCommand('$pop', 1),
  shift: () => new UpdateCommand('$pop', -1),
  pull: (condition) => new UpdateCommand('$pull', condition),
  pullAll: (values) => new UpdateCommand('$pullAll', values),
  addToSet: (value) => new UpdateCommand('$addToSet', eachOf(value) ?? value),
}

/** `(a, b)` or `([a, b])` */
function listOf(values: readonly unknown[]): readonly unknown[] {
  const [first] = values
  return Array.isArray(first) && values.length === 1 ? first : values
}

/** `{ each, position, sort, slice }`, or the values. */
function modifiersOf(values: readonly unknown[]): object {
  return eachOf(values[0]) ?? { $each: listOf(values) }
}

function eachOf(options: unknown): object | undefined {
  if (typeof options !== 'object' || options === null || !('each' in options)) return undefined
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [`$${name}`, value]))
}

const LOGIC = {
  and: (...conditions: unknown[]) => new LogicCommand('$and', listOf(conditions)),
  or: (...conditions: unknown[]) => new LogicCommand('$or', listOf(conditions)),
  nor: (...conditions: unknown[]) => new LogicCommand('$nor', listOf(conditions)),
  not: (condition: unknown) => new LogicCommand('$not', [condition]),
}

/** `db.command` without `aggregate`. */
export const COMMANDS = {
  ...COMPARISONS,
  ...UPDATES,
  ...LOGIC,
  expr: (expression: unknown) => ({ $expr: expression }),
  jsonSchema: (schema: unknown) => ({ $jsonSchema: schema }),
  project: {
    slice: (...operands: unknown[]) => new ProjectionCommand('$slice', listOf(operands)),
    elemMatch: (condition: unknown) => new ProjectionCommand('$elemMatch', condition),
  },
}
