import { BSONRegExp } from 'bson'
import { type Document, isDocument } from '../values/document.ts'

/** What an index can do for one condition on one field. */
export interface IndexCondition {
  readonly field: string
  /** `geo` only by a 2dsphere index; `nothing` by none: the documents themselves have to be read. */
  readonly kind: 'equality' | 'range' | 'geo' | 'nothing'
  /** Whether documents that lack the field fulfil it, which a sparse index leaves out. */
  readonly takesMissing: boolean
  /** Whether everything the index lists fulfils it, so that no document is read without need. */
  readonly isExact: boolean
  /** The condition by itself, as a query. */
  readonly query: Document
}

/** A query taken apart: conditions that all hold, and alternatives. */
export interface Conditions {
  readonly all: readonly IndexCondition[]
  readonly alternatives: readonly (readonly unknown[])[]
}

const GEO = new Set(['$near', '$nearSphere', '$geoWithin', '$geoIntersects'])
const COMPANIONS = new Set(['$options', '$maxDistance', '$minDistance'])

export function conditionsOf(query: unknown): Conditions {
  const all: IndexCondition[] = []
  const alternatives: unknown[][] = []
  if (!isDocument(query)) return { all, alternatives }
  for (const [field, operand] of Object.entries(query)) {
    if (field === '$and' && Array.isArray(operand)) {
      const parts = operand.map(conditionsOf)
      all.push(...parts.flatMap((part) => part.all))
      alternatives.push(...parts.flatMap((part) => part.alternatives.map((list) => [...list])))
    } else if (field === '$or' && Array.isArray(operand)) alternatives.push(operand)
    else if (field.startsWith('$')) {
      if (field !== '$comment') all.push(nothing(field, { [field]: operand }))
    } else all.push(...fieldConditions(field, operand))
  }
  return { all, alternatives }
}

function fieldConditions(field: string, operand: unknown): IndexCondition[] {
  if (!isDocument(operand) || !Object.keys(operand)[0]?.startsWith('$')) {
    return [
      operand instanceof BSONRegExp
        ? ofPattern(field, operand, { [field]: operand })
        : equality(field, [operand], { [field]: operand }),
    ]
  }
  return Object.entries(operand)
    .filter(([name]) => !COMPANIONS.has(name))
    .flatMap(([name, value]) => operatorConditions(field, name, value, operand))
}

function operatorConditions(
  field: string,
  name: string,
  value: unknown,
  operators: Document,
): IndexCondition[] {
  const companions = Object.fromEntries(Object.entries(operators).filter(([other]) => COMPANIONS.has(other)))
  const query = { [field]: { [name]: value, ...(GEO.has(name) || name === '$regex' ? companions : {}) } }
  switch (name) {
    case '$eq':
      return [equality(field, [value], query)]
    case '$in':
      return [equality(field, Array.isArray(value) ? value : [value], query)]
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return [range(field, query, value === null)]
    case '$ne':
    case '$nin':
      return [range(field, query, true)]
    case '$exists':
      return [value === false || value === 0 ? equality(field, [null], query) : range(field, query, false)]
    case '$regex':
      return [ofPattern(field, value, query, String(operators['$options'] ?? ''))]
    case '$all':
      return [
        {
          ...equality(field, Array.isArray(value) ? value : [], query),
          isExact: Array.isArray(value) && value.length === 1,
        },
      ]
    case '$elemMatch':
      return elementConditions(field, value, query)
    default:
      return [GEO.has(name) ? { ...range(field, query, false), kind: 'geo' } : nothing(field, query)]
  }
}

/** Conditions on fields of an array's elements, which an index on `list.field` lists. */
function elementConditions(field: string, value: unknown, query: Document): IndexCondition[] {
  if (!isDocument(value)) return [nothing(field, query)]
  const first = Object.keys(value)[0]
  const inner = first?.startsWith('$') ? fieldConditions(field, value) : conditionsOf(value).all
  const isAlone = Object.keys(value).length === 1
  return inner.map((condition) => ({
    ...condition,
    field: condition.field === field && first?.startsWith('$') ? field : `${field}.${condition.field}`,
    isExact: condition.isExact && isAlone,
    query,
  }))
}

function equality(field: string, values: readonly unknown[], query: Document): IndexCondition {
  if (values.some((value) => value instanceof BSONRegExp)) return nothing(field, query)
  const takesMissing = values.some((value) => value === null || value === undefined)
  return { field, kind: 'equality', takesMissing, isExact: true, query }
}

function range(field: string, query: Document, takesMissing: boolean): IndexCondition {
  return { field, kind: 'range', takesMissing, isExact: true, query }
}

function nothing(field: string, query: Document): IndexCondition {
  return { field, kind: 'nothing', takesMissing: true, isExact: false, query }
}

/** Only a pattern that begins with the text's beginning leads to one place of an index. */
function ofPattern(field: string, pattern: unknown, query: Document, options = ''): IndexCondition {
  const source = pattern instanceof BSONRegExp ? pattern.pattern : String(pattern)
  const flags = pattern instanceof BSONRegExp && options === '' ? pattern.options : options
  const isPrefix = /^\^[^\\[\](){}|*+?.^$]/.test(source) && !source.includes('|') && !/[imx]/.test(flags)
  return isPrefix ? range(field, query, false) : nothing(field, query)
}
