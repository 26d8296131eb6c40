import { parseShard, type Shard, shardOf } from '../../scripts/lib/shard.ts'

/** `EXHAUSTIVE=1`: every combination; `EXHAUSTIVE=2/4`: those of a shard; without it the subset that `npm test` has. */
const shard = readShard(process.env['EXHAUSTIVE'] ?? '')

/** Whether a test is to try every combination (`npm run test:all`), or the subset that `npm test` has. */
export const isExhaustive = shard !== undefined

/** Of what an exhaustive test tries, the part that this run tries: everything unless `EXHAUSTIVE` names a shard. */
export function shardOfAll<Item>(items: readonly Item[]): Item[] {
  return shardOf(items, shard ?? { index: 1, count: 1 })
}

/** @throws RangeError unless it is empty, `1`, or a shard */
function readShard(text: string): Shard | undefined {
  if (text === '') return undefined
  const read = parseShard(text === '1' ? '1/1' : text)
  if (!read) throw new RangeError(`EXHAUSTIVE is 1 or a shard such as 2/4, not ${text}`)
  return read
}
