import { invalidOperator, requestFailed } from '../failures.ts'
import { type Document, isDocument, ownField } from '../values/document.ts'
import { isNumeric, toNumber } from '../values/numbers.ts'
import { compareValues, equalValues } from '../values/ordering.ts'
import { parseTypes, typeName } from '../values/types.ts'
import type { Test } from './operator.ts'
import { compileRegex } from './regex.ts'
import { runRegex } from './regex-run.ts'

/** Turns a keyword's value into a test of a value that is there. `schema` holds the keyword's neighbours. */
type Keyword = (operand: unknown, schema: Document) => Test

/** JSON Schema's own type names, beside which MongoDB has `bsonType`. */
const JSON_TYPES: ReadonlyMap<string, string> = new Map([
  ['object', 'object'],
  ['array', 'array'],
  ['number', 'number'],
  ['boolean', 'bool'],
  ['string', 'string'],
  ['null', 'null'],
])

/**
 * Compiles `$jsonSchema`, draft 4 as MongoDB has it.
 * Source: "$jsonSchema" of the MongoDB manual.
 * @throws DATABASE_INVALID_OPERRATOR for a keyword MongoDB does not have, DATABASE_REQUEST_FAILED for a bad value.
 */
export function compileSchema(schema: unknown): Test {
  if (!isDocument(schema)) throw requestFailed('$jsonSchema must be an object')
  const tests = Object.entries(schema).map(([name, operand]) => {
    const keyword = KEYWORDS.get(name)
    if (!keyword) throw invalidOperator(`Unknown $jsonSchema keyword: ${name}`)
    return keyword(operand, schema)
  })
  return (value) => tests.every((test) => test(value))
}

function bsonTypes(operand: unknown): Test {
  const types = parseTypes(operand)
  return (value) => types.has(typeName(value))
}

function jsonTypes(operand: unknown): Test {
  const names = Array.isArray(operand) ? operand : [operand]
  return bsonTypes(
    names
      .map((name) => {
        const type = JSON_TYPES.get(String(name))
        if (type === undefined) throw requestFailed(`Unknown type name alias: ${String(name)}`)
        return type
      })
      .flatMap((name) => (name === 'number' ? ['int', 'long', 'double', 'decimal'] : [name])),
  )
}

function strings(operand: unknown, keyword: string): string[] {
  if (!Array.isArray(operand) || !operand.every((item) => typeof item === 'string')) {
    throw requestFailed(`$jsonSchema keyword '${keyword}' must be an array of strings`)
  }
  return operand
}

function schemas(operand: unknown, keyword: string): Test[] {
  if (!Array.isArray(operand) || operand.length === 0) {
    throw requestFailed(`$jsonSchema keyword '${keyword}' must be a nonempty array`)
  }
  return operand.map(compileSchema)
}

function length(operand: unknown, keyword: string): number {
  const number = isNumeric(operand) ? toNumber(operand) : Number.NaN
  if (!Number.isInteger(number) || number < 0) throw requestFailed(`'${keyword}' must be a whole number`)
  return number
}

/** A keyword about one kind of value lets all other kinds pass. */
function about<Kind>(is: (value: unknown) => value is Kind, test: (value: Kind) => boolean): Test {
  return (value) => !is(value) || test(value)
}

const isString = (value: unknown): value is string => typeof value === 'string'
const isList = (value: unknown): value is unknown[] => Array.isArray(value)

function bound(keyword: string, exclusive: string, accepts: (order: number) => boolean): Keyword {
  return (operand, schema) => {
    if (!isNumeric(operand)) throw requestFailed(`$jsonSchema keyword '${keyword}' must be a number`)
    const isOpen = schema[exclusive] === true
    return about(isNumeric, (value) => {
      const order = compareValues(value, operand)
      return accepts(order) || (order === 0 && !isOpen)
    })
  }
}

function properties(operand: unknown): Test {
  if (!isDocument(operand)) throw requestFailed("$jsonSchema keyword 'properties' must be an object")
  const tests = Object.entries(operand).map(([field, schema]) => ({ field, test: compileSchema(schema) }))
  return about(isDocument, (value) =>
    tests.every(({ field, test }) => !Object.hasOwn(value, field) || test(value[field])),
  )
}

function patternTests(operand: unknown): { pattern: RegExp; test: Test }[] {
  if (operand === undefined) return []
  if (!isDocument(operand)) throw requestFailed("$jsonSchema keyword 'patternProperties' must be an object")
  return Object.entries(operand).map(([source, schema]) => ({
    pattern: compileRegex(source, ''),
    test: compileSchema(schema),
  }))
}

function patternProperties(operand: unknown): Test {
  const tests = patternTests(operand)
  return about(isDocument, (value) =>
    Object.keys(value).every((field) =>
      tests.every(({ pattern, test }) => runRegex(pattern, field) === null || test(value[field])),
    ),
  )
}

function additionalProperties(operand: unknown, schema: Document): Test {
  const known = isDocument(schema['properties']) ? schema['properties'] : {}
  const patterns = patternTests(schema['patternProperties'])
  const test: Test = typeof operand === 'boolean' ? () => operand : compileSchema(operand)
  return about(isDocument, (value) =>
    Object.keys(value).every(
      (field) =>
        Object.hasOwn(known, field) ||
        patterns.some(({ pattern }) => runRegex(pattern, field) !== null) ||
        test(value[field]),
    ),
  )
}

function items(operand: unknown, schema: Document): Test {
  if (!Array.isArray(operand)) {
    const test = compileSchema(operand)
    return about(isList, (value) => value.every(test))
  }
  const tests = operand.map(compileSchema)
  const additional = schema['additionalItems'] ?? true
  const rest: Test = typeof additional === 'boolean' ? () => additional : compileSchema(additional)
  return about(isList, (value) => value.every((item, position) => (tests[position] ?? rest)(item)))
}

function dependencies(operand: unknown): Test {
  if (!isDocument(operand)) throw requestFailed("$jsonSchema keyword 'dependencies' must be an object")
  const tests = Object.entries(operand).map(([field, dependency]) => {
    const test = Array.isArray(dependency) ? required(dependency) : compileSchema(dependency)
    return (value: Document) => ownField(value, field) === undefined || test(value)
  })
  return about(isDocument, (value) => tests.every((test) => test(value)))
}

function required(operand: unknown): Test {
  const fields = strings(operand, 'required')
  return about(isDocument, (value) => fields.every((field) => Object.hasOwn(value, field)))
}

function enumeration(operand: unknown): Test {
  if (!Array.isArray(operand)) throw requestFailed("$jsonSchema keyword 'enum' must be an array")
  return (value) => operand.some((item) => equalValues(item, value))
}

function multipleOf(operand: unknown): Test {
  if (!isNumeric(operand) || toNumber(operand) <= 0)
    throw requestFailed("'multipleOf' must be a positive number")
  return about(isNumeric, (value) => toNumber(value) % toNumber(operand) === 0)
}

function uniqueItems(operand: unknown): Test {
  if (typeof operand !== 'boolean') throw requestFailed("'uniqueItems' must be a boolean")
  return about(isList, (value) => {
    const sorted = [...value].sort(compareValues)
    return !operand || sorted.every((item, at) => at === 0 || !equalValues(item, sorted[at - 1]))
  })
}

function matches(operand: unknown): Test {
  if (typeof operand !== 'string') throw requestFailed("$jsonSchema keyword 'pattern' must be a string")
  const pattern = compileRegex(operand, '')
  return about(isString, (value) => runRegex(pattern, value) !== null)
}

/** Keywords that say nothing of their own. */
const silent: Keyword = () => () => true

const KEYWORDS: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ['bsonType', bsonTypes],
  ['type', jsonTypes],
  ['enum', enumeration],
  ['required', required],
  ['properties', properties],
  ['patternProperties', patternProperties],
  ['additionalProperties', additionalProperties],
  ['dependencies', dependencies],
  ['items', items],
  ['additionalItems', silent],
  ['minimum', bound('minimum', 'exclusiveMinimum', (order) => order > 0)],
  ['maximum', bound('maximum', 'exclusiveMaximum', (order) => order < 0)],
  ['exclusiveMinimum', silent],
  ['exclusiveMaximum', silent],
  ['multipleOf', multipleOf],
  ['pattern', matches],
  [
    'minLength',
    (operand) => {
      const least = length(operand, 'minLength')
      return about(isString, (value) => [...value].length >= least)
    },
  ],
  [
    'maxLength',
    (operand) => {
      const most = length(operand, 'maxLength')
      return about(isString, (value) => [...value].length <= most)
    },
  ],
  [
    'minItems',
    (operand) => {
      const least = length(operand, 'minItems')
      return about(isList, (value) => value.length >= least)
    },
  ],
  [
    'maxItems',
    (operand) => {
      const most = length(operand, 'maxItems')
      return about(isList, (value) => value.length <= most)
    },
  ],
  [
    'minProperties',
    (operand) => {
      const least = length(operand, 'minProperties')
      return about(isDocument, (value) => Object.keys(value).length >= least)
    },
  ],
  [
    'maxProperties',
    (operand) => {
      const most = length(operand, 'maxProperties')
      return about(isDocument, (value) => Object.keys(value).length <= most)
    },
  ],
  ['uniqueItems', uniqueItems],
  [
    'allOf',
    (operand) => {
      const tests = schemas(operand, 'allOf')
      return (value) => tests.every((test) => test(value))
    },
  ],
  [
    'anyOf',
    (operand) => {
      const tests = schemas(operand, 'anyOf')
      return (value) => tests.some((test) => test(value))
    },
  ],
  [
    'oneOf',
    (operand) => {
      const tests = schemas(operand, 'oneOf')
      return (value) => tests.filter((test) => test(value)).length === 1
    },
  ],
  [
    'not',
    (operand) => {
      const test = compileSchema(operand)
      return (value) => !test(value)
    },
  ],
  ['title', silent],
  ['description', silent],
])
