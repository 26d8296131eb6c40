// biome-ignore-all lint/suspicious/noThenProperty: the own word of the operators.
import { MISSING, testExpressions } from '../../testing/expressions.ts'

/** An error if it is evaluated. */
const FAILS = { $divide: [1, '$zero'] }

testExpressions({
  '$and, $or, $not stop when the answer is known': {
    document: { zero: 0, one: 1, n: null, text: '' },
    cases: [
      [{ $and: [false, FAILS] }, false],
      [{ $and: ['$zero', FAILS] }, false],
      [{ $and: ['$missing', FAILS] }, false],
      [{ $or: [true, FAILS] }, true],
      [{ $or: ['$one', FAILS] }, true],
      [{ $or: ['$text', FAILS] }, true],
      [{ $and: [] }, true],
      [{ $or: [] }, false],
      [{ $and: '$one' }, true],
      [{ $or: ['$n', '$zero'] }, false],
      [{ $not: ['$zero'] }, true],
      [{ $not: '$one' }, false],
      [{ $and: [1, { $or: ['$zero', 2] }] }, true],
    ],
    refused: [{ $and: [true, FAILS] }, { $or: [false, FAILS] }],
    malformed: [{ $not: [] }, { $not: [1, 2] }],
  },
  '$cond, $ifNull, $switch': {
    document: { zero: 0, one: 1, n: null },
    cases: [
      [{ $cond: ['$one', 'yes', FAILS] }, 'yes'],
      [{ $cond: ['$zero', FAILS, 'no'] }, 'no'],
      [{ $cond: { if: true, then: '$missing', else: 1 } }, MISSING],
      [{ $ifNull: ['$one', FAILS] }, 1],
      [{ $ifNull: ['$n', '$missing', 'c'] }, 'c'],
      [{ $ifNull: ['$n', '$missing'] }, MISSING],
      [
        {
          $switch: {
            branches: [
              { case: false, then: FAILS },
              { case: true, then: 2 },
              { case: FAILS, then: 3 },
            ],
          },
        },
        2,
      ],
      [{ $switch: { branches: [{ case: false, then: 1 }], default: '$one' } }, 1],
    ],
    refused: [{ $switch: { branches: [{ case: false, then: 1 }] } }],
    malformed: [
      { $cond: [1, 2] },
      { $cond: [1, 2, 3, 4] },
      { $cond: { if: 1, then: 2 } },
      { $cond: { if: 1, then: 2, else: 3, other: 4 } },
      { $ifNull: ['$n'] },
      { $switch: {} },
      { $switch: { branches: [] } },
      { $switch: { branches: [{ case: true }] } },
      { $switch: { branches: [{ case: true, then: 1, other: 1 }] } },
      { $switch: { branches: [{ case: true, then: 1 }], other: 1 } },
    ],
  },
  comparisons: {
    document: { a: 1, n: null },
    cases: [
      [{ $cmp: ['$a', 2] }, -1],
      [{ $eq: ['$n', '$missing'] }, false],
      [{ $lt: ['$missing', '$n'] }, true],
      [{ $gt: ['text', 5] }, true],
      [{ $eq: [{ $literal: { a: 1, b: 2 } }, { $literal: { b: 2, a: 1 } }] }, false],
    ],
    malformed: [{ $eq: [1] }, { $eq: 1 }, { $cmp: [1, 2, 3] }, { $gt: [] }],
  },
})
