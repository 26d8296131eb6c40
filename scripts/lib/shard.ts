/** A part of a whole that is run in several parts, counted from one. */
export interface Shard {
  index: number
  count: number
}

/** @param text such as `2/4`. @returns undefined unless it is a part of a whole */
export function parseShard(text: string): Shard | undefined {
  const [, index = 0, count = 0] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? []
  return index >= 1 && index <= count ? { index, count } : undefined
}

/**
 * One of every `count` items, each time at another place, so that a shard of combinations holds each of their parts: of
 * eight items in two shards the first has 1, 4, 5 and 8.
 */
export function shardOf<Item>(items: readonly Item[], { index, count }: Shard): Item[] {
  return items.filter((_item, position) => (position + Math.floor(position / count)) % count === index - 1)
}
