import { Binary, BSONRegExp, Decimal128, Long, ObjectId, Timestamp } from 'bson'
import { describe, expect, it } from 'vitest'
import { parseEjson, stringifyEjson } from './ejson.ts'

const parse = (json: unknown) => parseEjson(JSON.stringify({ a: json }), { now: 1000 })

describe('the wire to values', () => {
  it.each<[json: unknown, value: unknown]>([
    [{ $numberInt: '5' }, 5],
    [{ $numberDouble: '1.5' }, 1.5],
    [{ $numberDouble: 'Infinity' }, Number.POSITIVE_INFINITY],
    [{ $numberDouble: 'NaN' }, Number.NaN],
    [{ $numberLong: '4294967296' }, 2 ** 32],
    [{ $numberLong: '9007199254740993' }, Long.fromString('9007199254740993')],
    [{ $numberLong: '9223372036854776000' }, 2 ** 63],
    [{ $numberDecimal: '0.1' }, Decimal128.fromString('0.1')],
    [{ $date: { $numberLong: '-1' } }, new Date(-1)],
    [{ $date: '1970-01-01T00:00:01Z' }, new Date(1000)],
    [{ $oid: '5f1a2b3c4d5e6f7a8b9c0d1e' }, new ObjectId('5f1a2b3c4d5e6f7a8b9c0d1e')],
    [{ $binary: { base64: 'eA==', subType: '00' } }, new Binary(Buffer.from('x'))],
    [{ $timestamp: { t: 1, i: 2 } }, new Timestamp({ t: 1, i: 2 })],
    [{ $regularExpression: { pattern: 'x', options: 'gimu' } }, new BSONRegExp('x', 'im')],
    [{ $tcb_server_date: { offset: { $numberInt: '5' } } }, new Date(1005)],
    [{ $tcb_server_date: { offset: { $numberLong: '31536000000' } } }, new Date(31536001000)],
    [{ $undefined: true }, null],
    [
      { $numberInt: '5', more: 1 },
      { $numberInt: '5', more: 1 },
    ],
    [
      [{ $numberInt: '1' }, { b: { $numberInt: '2' } }],
      [1, { b: 2 }],
    ],
    ['\ud800x', '\ufffdx'],
  ])('%j', (json, value) => {
    expect(parse(json)).toEqual({ a: value })
  })

  it.each([
    [{ $oid: 'x' }],
    [{ $numberLong: 'NaN' }],
    [{ $date: { $numberLong: 'NaN' } }],
    [{ $date: 'never' }],
    [{ $numberDecimal: 'x' }],
    [{ $tcb_server_date: 5 }],
  ])('refuses %j', (json) => {
    expect(() => parse(json)).toThrow(expect.objectContaining({ code: 'DATABASE_REQUEST_FAILED' }))
  })

  it('refuses __proto__ as a field, alone or in a path', () => {
    for (const text of ['{"__proto__":1}', '{"a":{"b.__proto__.c":1}}', '[{"__proto__":{}}]']) {
      expect(() => parseEjson(text, { now: 0 })).toThrow(
        expect.objectContaining({ code: 'DATABASE_REQUEST_FAILED' }),
      )
    }
  })
})

describe('values to the wire', () => {
  it.each<[value: unknown, json: unknown]>([
    [new ObjectId('5f1a2b3c4d5e6f7a8b9c0d1e'), '5f1a2b3c4d5e6f7a8b9c0d1e'],
    [new Date(-5), { $date: { $numberLong: '-5' } }],
    [Long.fromString('9007199254740993'), { $numberLong: '9007199254740993' }],
    [Number.NaN, { $numberDouble: 'NaN' }],
    [Number.NEGATIVE_INFINITY, { $numberDouble: '-Infinity' }],
    [Decimal128.fromString('0.1'), { $numberDecimal: '0.1' }],
    [new BSONRegExp('x', 'i'), { $regularExpression: { pattern: 'x', options: 'i' } }],
    [new Binary(Buffer.from('x')), { $binary: { base64: 'eA==', subType: '00' } }],
    [
      [1, 'a', null, true, { b: [] }],
      [1, 'a', null, true, { b: [] }],
    ],
  ])('%j', (value, json) => {
    expect(JSON.parse(stringifyEjson({ a: value }))).toEqual({ a: json })
  })
})
