import { testExpressions } from '../../testing/expressions.ts'

testExpressions({
  statistics: {
    document: { list: [1, 'x', 3, null], n: null, a: 2 },
    cases: [
      [{ $sum: '$list' }, 4],
      [{ $sum: ['$a', '$a', 'x'] }, 4],
      [{ $sum: ['$list', 1] }, 1],
      [{ $sum: '$missing' }, 0],
      [{ $avg: '$list' }, 2],
      [{ $avg: '$n' }, null],
      [{ $max: '$list' }, 'x'],
      [{ $min: ['$a', 5] }, 2],
      [{ $max: [] }, null],
      [{ $stdDevPop: [[1, 3]] }, 1],
      [{ $stdDevSamp: [1] }, null],
      [{ $median: { input: [[5, 1, 3]], method: 'approximate' } }, null],
      [{ $median: { input: { $literal: [5, 1, 3] }, method: 'approximate' } }, 3],
      [{ $percentile: { input: { $literal: [1, 2, 3, 4] }, p: [0.5, 1], method: 'approximate' } }, [2, 4]],
    ],
    malformed: [
      { $median: { input: '$list' } },
      { $median: { input: '$list', method: 'exact' } },
      { $percentile: { input: '$list', p: [2], method: 'approximate' } },
    ],
  },
})
