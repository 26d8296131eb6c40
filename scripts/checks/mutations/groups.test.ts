import { expect, it } from 'vitest'
import { groupByTest } from './groups.ts'
import type { Mutation } from './mutation.ts'

const mutation = (guard: string, test: string): Mutation => ({
  guard,
  test,
  file: 'a.ts',
  edits: [],
  name: '',
})
const MUTATIONS = [mutation('1', 'a'), mutation('2', 'b'), mutation('3', 'b'), mutation('4', 'c')]

it('groups mutations by test file, the largest group first', () => {
  const groups = groupByTest(MUTATIONS).map(({ test, mutations }) => [
    test,
    mutations.map(({ guard }) => guard),
  ])
  expect(groups).toEqual([
    ['b', ['2', '3']],
    ['a', ['1']],
    ['c', ['4']],
  ])
})
