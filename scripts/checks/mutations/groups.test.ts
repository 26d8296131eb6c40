import { expect, it } from 'vitest'
import { groupByTest, parseShard, shardOf } from './groups.ts'
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

it('puts each group into exactly one shard', () => {
  const groups = groupByTest(MUTATIONS)
  const shards = [1, 2].map((index) => shardOf(groups, { index, count: 2 }))
  expect(shards.flat()).toHaveLength(groups.length)
  expect(new Set(shards.flat())).toEqual(new Set(groups))
})

it.each(['', '0/4', '5/4', '1', '1/0', 'a/b'])('rejects the shard %j', (text) => {
  expect(parseShard(text)).toBeUndefined()
})

it('accepts the shard 4/4', () => {
  expect(parseShard('4/4')).toEqual({ index: 4, count: 4 })
})
