import { MISSING, testExpressions } from '../../testing/expressions.ts'

testExpressions({
  '$first, $last, $arrayElemAt': {
    document: { list: [1, 2, 3], empty: [], n: null, text: 'x' },
    cases: [
      [{ $first: '$list' }, 1],
      [{ $last: '$list' }, 3],
      [{ $first: '$empty' }, MISSING],
      [{ $last: '$empty' }, MISSING],
      [{ $first: '$n' }, null],
      [{ $last: '$missing' }, null],
      [{ $first: [[[4, 5]]] }, [4, 5]],
      [{ $ifNull: [{ $first: '$empty' }, 'none'] }, 'none'],
      [{ $type: { $last: '$empty' } }, 'missing'],
      [{ $arrayElemAt: ['$list', 1] }, 2],
      [{ $arrayElemAt: ['$list', -1] }, 3],
      [{ $arrayElemAt: ['$list', 7] }, MISSING],
      [{ $arrayElemAt: ['$list', -7] }, MISSING],
      [{ $arrayElemAt: ['$missing', 0] }, null],
      [{ $arrayElemAt: ['$list', null] }, null],
    ],
    refused: [
      { $first: '$text' },
      { $last: 5 },
      { $arrayElemAt: ['$text', 0] },
      { $arrayElemAt: ['$list', 1.5] },
      { $arrayElemAt: ['$list', 'x'] },
    ],
    malformed: [{ $first: [] }, { $first: [1, 2] }, { $arrayElemAt: [[1]] }, { $arrayElemAt: [[1], 0, 1] }],
  },
  '$firstN, $lastN, $maxN, $minN': {
    document: { list: [5, null, 1, 9], n: 2 },
    cases: [
      [{ $firstN: { n: 2, input: '$list' } }, [5, null]],
      [{ $lastN: { n: '$n', input: '$list' } }, [1, 9]],
      [{ $maxN: { n: 2, input: '$list' } }, [9, 5]],
      [{ $minN: { n: 9, input: '$list' } }, [1, 5, 9]],
    ],
    refused: [
      { $firstN: { n: 0, input: '$list' } },
      { $firstN: { n: 1.5, input: '$list' } },
      { $minN: { n: 1, input: '$missing' } },
    ],
    malformed: [{ $firstN: { n: 1 } }, { $firstN: [1, 2] }, { $maxN: { n: 1, input: [], other: 1 } }],
  },
  '$slice, $range, $reverseArray, $concatArrays, $size, $isArray, $in': {
    document: { list: [1, 2, 3, 4], n: null },
    cases: [
      [{ $slice: ['$list', 2] }, [1, 2]],
      [{ $slice: ['$list', -2] }, [3, 4]],
      [{ $slice: ['$list', 1, 2] }, [2, 3]],
      [{ $slice: ['$list', -3, 2] }, [2, 3]],
      [{ $slice: ['$list', -9, 2] }, [1, 2]],
      [{ $slice: ['$list', 9, 2] }, []],
      [{ $slice: ['$missing', 2] }, null],
      [{ $range: [0, 5] }, [0, 1, 2, 3, 4]],
      [{ $range: [5, 0, -2] }, [5, 3, 1]],
      [{ $range: [3, 3] }, []],
      [{ $reverseArray: '$list' }, [4, 3, 2, 1]],
      [{ $reverseArray: '$n' }, null],
      [{ $concatArrays: ['$list', [5]] }, [1, 2, 3, 4, 5]],
      [{ $concatArrays: ['$list', '$missing'] }, null],
      [{ $concatArrays: [] }, []],
      [{ $size: '$list' }, 4],
      [{ $isArray: '$list' }, true],
      [{ $isArray: [[1]] }, true],
      [{ $isArray: '$missing' }, false],
      [{ $in: [2, '$list'] }, true],
      [{ $in: [[1], [[1]]] }, true],
    ],
    refused: [
      { $slice: ['$list', 1, 0] },
      { $slice: ['$list', 1, -1] },
      { $slice: [5, 1] },
      { $range: [0, 5, 0] },
      { $range: [0, 1.5] },
      { $range: ['a', 5] },
      { $range: [0, 1e9] },
      { $size: '$n' },
      { $concatArrays: ['$list', 5] },
      { $in: [1, '$n'] },
    ],
    malformed: [
      { $slice: [1] },
      { $slice: [1, 2, 3, 4] },
      { $range: [1] },
      { $size: [1, 2] },
      { $in: [1] },
      { $isArray: [1, 2] },
    ],
  },
  $indexOfArray: {
    document: { list: ['a', 'b', 'a'] },
    cases: [
      [{ $indexOfArray: ['$list', 'a'] }, 0],
      [{ $indexOfArray: ['$list', 'a', 1] }, 2],
      [{ $indexOfArray: ['$list', 'b', 2] }, -1],
      [{ $indexOfArray: ['$list', 'a', 1, 2] }, -1],
      [{ $indexOfArray: ['$missing', 'a'] }, null],
    ],
    refused: [
      { $indexOfArray: ['x', 'a'] },
      { $indexOfArray: ['$list', 'a', -1] },
      { $indexOfArray: ['$list', 'a', 'b'] },
    ],
    malformed: [{ $indexOfArray: ['$list'] }, { $indexOfArray: [1, 2, 3, 4, 5] }],
  },
  '$arrayToObject, $objectToArray': {
    document: { o: { a: 1, b: null }, n: null },
    cases: [
      [
        {
          $arrayToObject: [
            [
              ['a', 1],
              ['b', 2],
            ],
          ],
        },
        { a: 1, b: 2 },
      ],
      [{ $arrayToObject: [[{ k: 'a', v: 1 }]] }, { a: 1 }],
      [
        {
          $arrayToObject: {
            $literal: [
              ['a', 1],
              ['a', 2],
            ],
          },
        },
        { a: 2 },
      ],
      [{ $arrayToObject: '$missing' }, null],
      [
        { $objectToArray: '$o' },
        [
          { k: 'a', v: 1 },
          { k: 'b', v: null },
        ],
      ],
      [{ $objectToArray: '$n' }, null],
      [{ $arrayToObject: { $objectToArray: '$o' } }, { a: 1, b: null }],
    ],
    refused: [
      { $arrayToObject: [[['a', 1], { k: 'b', v: 2 }]] },
      { $arrayToObject: [[['a']]] },
      { $arrayToObject: [[[1, 2]]] },
      { $arrayToObject: [[{ k: 'a' }]] },
      { $arrayToObject: { $literal: [['__proto__', 1]] } },
      { $objectToArray: 5 },
    ],
    malformed: [{ $objectToArray: [1, 2] }],
  },
  $zip: {
    document: { a: [1, 2, 3], b: ['x'], n: null },
    cases: [
      [{ $zip: { inputs: ['$a', '$b'] } }, [[1, 'x']]],
      [
        { $zip: { inputs: ['$a', '$b'], useLongestLength: true } },
        [
          [1, 'x'],
          [2, null],
          [3, null],
        ],
      ],
      [
        { $zip: { inputs: ['$a', '$b'], useLongestLength: true, defaults: [0, 'z'] } },
        [
          [1, 'x'],
          [2, 'z'],
          [3, 'z'],
        ],
      ],
      [{ $zip: { inputs: ['$a', '$missing'] } }, null],
    ],
    refused: [{ $zip: { inputs: ['$a', 5] } }],
    malformed: [
      { $zip: { inputs: '$a' } },
      { $zip: { inputs: [] } },
      { $zip: { inputs: ['$a'], defaults: [1] } },
      { $zip: { inputs: ['$a'], useLongestLength: true, defaults: [1, 2] } },
      { $zip: { inputs: ['$a'], useLongestLength: 'yes' } },
      { $zip: { inputs: ['$a'], other: 1 } },
    ],
  },
})
