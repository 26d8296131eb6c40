import { testExpressions } from '../../testing/expressions.ts'

testExpressions({
  sets: {
    document: { a: [1, 2, 2], b: [2, 3], n: null },
    cases: [
      [{ $setUnion: ['$a', '$b'] }, [1, 2, 3]],
      [{ $setUnion: [] }, []],
      [{ $setUnion: ['$a', '$missing'] }, null],
      [{ $setIntersection: ['$a', '$b'] }, [2]],
      [{ $setIntersection: ['$a', '$n'] }, null],
      [{ $setDifference: ['$a', '$b'] }, [1]],
      [{ $setEquals: ['$a', [2, 1]] }, true],
      [{ $setEquals: ['$a', [1, 2], [1]] }, false],
      [{ $setIsSubset: [[2], '$a'] }, true],
      [{ $allElementsTrue: [[1, true]] }, true],
      [{ $allElementsTrue: [[]] }, true],
      [{ $anyElementTrue: [[0, null]] }, false],
    ],
    refused: [
      { $setUnion: ['$a', 5] },
      { $setEquals: ['$a', '$n'] },
      { $setIsSubset: ['$n', '$a'] },
      { $setDifference: ['$a', 'x'] },
      { $allElementsTrue: '$n' },
      { $anyElementTrue: 5 },
    ],
    malformed: [
      { $setDifference: ['$a'] },
      { $setDifference: [1, 2, 3] },
      { $setEquals: ['$a'] },
      { $setIsSubset: ['$a'] },
      { $allElementsTrue: [1, 2] },
      { $anyElementTrue: [] },
    ],
  },
})
