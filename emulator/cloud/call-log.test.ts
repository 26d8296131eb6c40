import { describe, expect, it } from 'vitest'
import { sequentialRoundTrips } from './call-log.ts'

const trip = (startedAt: number, endedAt: number) => ({
  requestId: 'r',
  action: 'database.getDocument',
  target: 'users',
  startedAt,
  endedAt,
})

describe('sequential round trips', () => {
  it.each([
    ['none', [], 0],
    ['one', [trip(0, 10)], 1],
    ['two at once', [trip(0, 10), trip(1, 9)], 1],
    ['two after one another', [trip(0, 10), trip(10, 20)], 2],
    ['two at once, then one', [trip(0, 10), trip(1, 12), trip(12, 20)], 2],
    ['one that starts after the shorter of two', [trip(0, 10), trip(0, 30), trip(10, 40)], 2],
    ['a chain beside a long one', [trip(0, 100), trip(0, 10), trip(10, 20), trip(20, 30)], 3],
  ])('%s', (_name, trips, expected) => {
    expect(sequentialRoundTrips(trips)).toBe(expected)
    expect(sequentialRoundTrips([...trips].reverse())).toBe(expected)
  })
})
