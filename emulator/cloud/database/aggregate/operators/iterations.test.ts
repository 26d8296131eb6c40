import { testExpressions } from '../../testing/expressions.ts'

testExpressions({
  '$map, $filter, $reduce': {
    document: { list: [1, 2, 3], people: [{ name: 'a' }, {}], n: null },
    cases: [
      [{ $map: { input: '$list', in: { $add: ['$$this', 1] } } }, [2, 3, 4]],
      [{ $map: { input: '$list', as: 'item', in: { $multiply: ['$$item', 2] } } }, [2, 4, 6]],
      [{ $map: { input: '$people', as: 'p', in: '$$p.name' } }, ['a', null]],
      [{ $map: { input: '$list', in: '$n' } }, [null, null, null]],
      [{ $map: { input: '$missing', in: 1 } }, null],
      [{ $filter: { input: '$list', cond: { $gt: ['$$this', 1] } } }, [2, 3]],
      [{ $filter: { input: '$list', as: 'i', cond: { $gt: ['$$i', 0] }, limit: 2 } }, [1, 2]],
      [{ $filter: { input: '$list', cond: true, limit: null } }, [1, 2, 3]],
      [{ $filter: { input: '$n', cond: true } }, null],
      [{ $reduce: { input: '$list', initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6],
      [{ $reduce: { input: '$missing', initialValue: 0, in: '$$value' } }, null],
      [
        {
          $map: {
            input: [[1, 2], [3]],
            as: 'row',
            in: { $map: { input: '$$row', as: 'x', in: { $add: ['$$x', { $size: '$$row' }] } } },
          },
        },
        [[3, 4], [4]],
      ],
    ],
    refused: [
      { $map: { input: 'x', in: 1 } },
      { $filter: { input: 5, cond: true } },
      { $filter: { input: '$list', cond: true, limit: 0 } },
      { $filter: { input: '$list', cond: true, limit: 1.5 } },
      { $reduce: { input: 5, initialValue: 0, in: 1 } },
    ],
    malformed: [
      { $map: { input: '$list' } },
      { $map: { input: '$list', in: 1, other: 2 } },
      { $map: { input: '$list', as: 'Upper', in: 1 } },
      { $map: { input: '$list', as: '', in: 1 } },
      { $map: { input: '$list', as: 'item', in: '$$this' } },
      { $map: ['$list', 1] },
      { $filter: { input: '$list' } },
      { $filter: { input: '$list', cond: '$$other' } },
      { $reduce: { input: '$list', in: 1 } },
      { $reduce: { input: '$list', initialValue: '$$this', in: 1 } },
    ],
  },
  '$sortArray, $let': {
    document: { list: [3, 1, 2], o: [{ a: 2 }, { a: 1 }], n: null },
    cases: [
      [{ $sortArray: { input: '$list', sortBy: 1 } }, [1, 2, 3]],
      [{ $sortArray: { input: '$list', sortBy: -1 } }, [3, 2, 1]],
      [{ $sortArray: { input: '$o', sortBy: { a: 1 } } }, [{ a: 1 }, { a: 2 }]],
      [{ $sortArray: { input: '$n', sortBy: 1 } }, null],
      [{ $let: { vars: { x: 1, y: '$list' }, in: { $concatArrays: ['$$y', ['$$x']] } } }, [3, 1, 2, 1]],
      [{ $let: { vars: { CURRENT: { list: 9 } }, in: '$list' } }, 9],
      [{ $let: { vars: { CURRENT: { list: 9 } }, in: '$$ROOT.list' } }, [3, 1, 2]],
    ],
    refused: [{ $sortArray: { input: 5, sortBy: 1 } }],
    malformed: [
      { $sortArray: { input: '$list' } },
      { $sortArray: { input: '$list', sortBy: 2 } },
      { $sortArray: { input: '$list', sortBy: {} } },
      { $let: { vars: { x: 1 } } },
      { $let: { vars: { x: 1, y: '$$x' }, in: '$$y' } },
      { $let: { vars: { ROOT: 1 }, in: 1 } },
      { $let: { vars: { '1a': 1 }, in: 1 } },
      { $let: { vars: [], in: 1 } },
    ],
  },
})
