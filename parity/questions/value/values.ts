import type { Question } from '../../core/question.ts'
import { asks, stores } from '../forms.ts'

export const VALUE_QUESTIONS: readonly Question[] = [
  stores('value.date', () => new Date(1_234_567_890_123)),
  stores('value.date-before-1970', () => new Date(-1)),
  stores('value.date-invalid', () => new Date(Number.NaN)),
  stores('value.date-far', () => new Date(8.64e15)),
  stores('value.null', () => null),
  stores('value.undefined', () => undefined),
  stores('value.undefined-in-array', () => [1, undefined, 2]),
  stores('value.function', () => () => 1),
  stores('value.symbol', () => Symbol('x')),
  stores('value.nan', () => Number.NaN),
  stores('value.infinity', () => Number.NEGATIVE_INFINITY),
  stores('value.negative-zero', () => -0),
  stores('value.fraction', () => 0.1),
  stores('value.int32', () => 2_147_483_647),
  stores('value.int64', () => 4_294_967_296),
  stores('value.largest-safe', () => Number.MAX_SAFE_INTEGER),
  stores('value.beyond-safe', () => 2 ** 53 + 2),
  stores('value.beyond-int64', () => 2 ** 63),
  stores('value.double-largest', () => Number.MAX_VALUE),
  stores('value.double-smallest', () => Number.MIN_VALUE),
  stores('value.bigint', () => 1n),
  stores('value.regex', () => /a+/i),
  stores('value.regex-of-the-database', ({ db }) => db.RegExp({ regexp: 'a', options: 'i' })),
  stores('value.buffer', () => Buffer.from('abc')),
  stores('value.typed-array', () => new Uint8Array([1, 2])),
  stores('value.map', () => new Map([['a', 1]])),
  stores('value.set', () => new Set([1])),
  stores('value.to-json', () => ({ toJSON: () => 'made' })),
  stores('value.empty-text', () => ''),
  stores('value.text-with-nul', () => 'a\0b'),
  stores('value.text-of-half-a-character', () => '\ud83d'),
  stores('value.text-emoji', () => '😀中é'),
  stores('value.text-not-normalised', () => 'e\u0301'),
  stores('value.empty-array', () => []),
  stores('value.empty-object', () => ({})),
  stores('value.nested-arrays', () => [[1, [2]], []]),
  stores('value.order-of-fields', () => ({ z: 1, a: 2, m: 3 })),
  stores('value.order-of-digit-fields', () => ({ z: 1, 2: 'b', 1: 'a' })),
  stores('value.server-date', ({ db }) => db.serverDate()),
  stores('value.server-date-offset', ({ db }) => db.serverDate({ offset: 60_000 })),
  stores('value.server-date-nested', ({ db }) => [{ at: db.serverDate() }]),
  stores('value.extended-date', () => ({ $date: '2020-01-01T00:00:00.000Z' })),
  stores('value.extended-long', () => ({ $numberLong: '9007199254740993' })),
  stores('value.extended-decimal', () => ({ $numberDecimal: '1.10' })),
  stores('value.extended-object-id', () => ({ $oid: '0123456789abcdef01234567' })),
  stores('value.extended-binary', () => ({ $binary: { base64: 'AQI=', subType: '00' } })),
  stores('value.extended-min-key', () => ({ $minKey: 1 })),
  stores('value.extended-timestamp', () => ({ $timestamp: { t: 1, i: 2 } })),
  stores('value.field-named-proto', () => JSON.parse('{"__proto__": 1, "n": 2}')),
  stores('value.field-named-constructor', () => ({ constructor: 1 })),
  asks(
    'value.whole-and-double-are-equal',
    [{ _id: 'a', v: 7 }],
    async (c) => (await c.documents.where({ v: { $numberDouble: '7.0' } }).count()).total,
  ),
  asks(
    'value.type-of-a-whole-number',
    [{ _id: 'a', v: 7 }],
    async (c) =>
      (
        await c.documents
          .aggregate()
          .project({ _id: 0, type: { $type: '$v' } })
          .end()
      ).list,
  ),
  asks(
    'value.type-of-a-large-number',
    [{ _id: 'a', v: 2 ** 40 }],
    async (c) =>
      (
        await c.documents
          .aggregate()
          .project({ _id: 0, type: { $type: '$v' } })
          .end()
      ).list,
  ),
  asks(
    'value.type-of-a-sum',
    [{ _id: 'a', v: 7 }],
    async (c) =>
      (
        await c.documents
          .aggregate()
          .project({ _id: 0, type: { $type: { $add: ['$v', 0.5] } } })
          .end()
      ).list,
  ),
]
