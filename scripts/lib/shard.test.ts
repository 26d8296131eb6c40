import { expect, it } from 'vitest'
import { parseShard, shardOf } from './shard.ts'

const INDEXES = [1, 2, 3, 4]

it('puts each item into exactly one shard', () => {
  const items = Array.from({ length: 30 }, (_, number) => number)
  const shards = INDEXES.map((index) => shardOf(items, { index, count: 4 }))
  expect(shards.flat().sort((a, b) => a - b)).toEqual(items)
  expect(shards.map(({ length }) => length).every((length) => length === 7 || length === 8)).toBe(true)
})

it('puts each value of each part of a combination into every shard', () => {
  const looks = ['zh', 'en'].flatMap((language) =>
    ['light', 'dark'].flatMap((theme) => ['small', 'large'].flatMap((size) => [[language, theme, size]])),
  )
  for (const index of [1, 2]) {
    const chosen = shardOf(looks, { index, count: 2 })
    expect(new Set(chosen.flat())).toEqual(new Set(['zh', 'en', 'light', 'dark', 'small', 'large']))
  }
})

it.each(['', '0/4', '5/4', '1', '1/0', 'a/b'])('rejects the shard %j', (text) => {
  expect(parseShard(text)).toBeUndefined()
})

it('accepts the shard 4/4', () => {
  expect(parseShard('4/4')).toEqual({ index: 4, count: 4 })
})
