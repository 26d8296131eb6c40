import { describe, expect, it } from 'vitest'
import { filterOf } from '../browser/data/conditions.ts'
import { guessKind, kindOf, parseJson, parseValue, textOfValue } from '../browser/data/value.ts'

describe('a value', () => {
  it.each([
    ['string', '大理', '大理'],
    ['number', -1.5, '-1.5'],
    ['number', { $numberLong: '9007199254740993' }, '9007199254740993'],
    ['bool', false, 'false'],
    ['date', { $date: '2026-01-01T00:00:00.000Z' }, '2026-01-01T00:00:00.000Z'],
    ['objectId', { $oid: '0123456789abcdef01234567' }, '0123456789abcdef01234567'],
    ['geo', { type: 'Point', coordinates: [100.2, 25.6] }, '100.2, 25.6'],
    ['object', { type: 'Point', coordinates: [1] }, '{"type":"Point","coordinates":[1]}'],
    ['array', [1, { $oid: 'x' }], '[1,{"$oid":"x"}]'],
  ] as const)('that is %s reads and comes back as it was', (kind, value, text) => {
    expect(kindOf(value)).toBe(kind)
    expect(textOfValue(value)).toBe(text)
    expect(parseValue(kind, text)).toEqual(value)
  })

  it.each([
    ['number', '12a', '不是数字'],
    ['number', '', '不是数字'],
    ['bool', 'yes', 'true 或 false'],
    ['date', '2026-13-01', '不是时间'],
    ['objectId', 'abc', '24 位'],
    ['geo', '200, 10', '±180'],
    ['object', '[1]', '对象写成'],
    ['array', '{"a":1,}', '第 1 行第 8 列'],
    ['binary', 'x', '只能看'],
  ] as const)('that is no %s is refused: %s', (kind, text, words) => {
    expect(() => parseValue(kind, text)).toThrow(words)
  })
})

it.each([
  ['{\n  "a": 1\n  "b": 2\n}', '第 3 行第 3 列'],
  ['{"a": 丽江}', '第 1 行第 7 列'],
  ['{"a": [1, 2}', '第 1 行第 12 列'],
  ['{"a": "x', '没有写完'],
  ['', '没有写完'],
])('says where %s is no JSON', (text, words) => {
  expect(() => parseJson(text)).toThrow(words)
})

it.each([
  ['13800000001', ['string'], 'string'],
  ['13800000001', ['int', 'string'], 'number'],
  ['abc', ['int'], 'string'],
  ['42', [], 'number'],
  ['true', [], 'bool'],
  ['null', [], 'null'],
  ['2026-01-31', [], 'date'],
  ['2026-99-31', [], 'string'],
] as const)('takes %s in a field of %j for %s', (text, types, kind) => {
  expect(guessKind(text, types)).toBe(kind)
})

it('makes a query of conditions', () => {
  expect(filterOf([])).toEqual({})
  expect(
    filterOf([
      { field: 'a', operator: 'contains', text: 'x.*', kind: 'string' },
      { field: 'b', operator: 'missing', text: '', kind: 'string' },
      { field: 'c', operator: 'lt', text: '5', kind: 'number' },
      { field: 'd', operator: 'type', text: 'date', kind: 'string' },
      { field: ' ', operator: 'eq', text: '5', kind: 'number' },
    ]),
  ).toEqual({
    $and: [
      { a: { $regex: 'x\\.\\*', $options: 'i' } },
      { b: { $exists: false } },
      { c: { $lt: 5 } },
      { d: { $type: 'date' } },
    ],
  })
})
