import { describe, expect, it } from 'vitest'
import { readCloudError } from '../../miniprogram/auth/calls/cloud-error.ts'
import { RETRY_POLICY, withRetries } from '../../miniprogram/auth/calls/retry.ts'
import type { Clock } from '../../miniprogram/auth/core/clock.ts'
import { done, type Failure, failed, type Outcome } from '../../miniprogram/auth/core/outcome.ts'

/** Time that passes only in sleep; chance that is always the same. */
class HeldClock implements Clock {
  time = 0
  readonly pauses: number[] = []
  readonly #chance: number
  constructor(chance = 0.5) {
    this.#chance = chance
  }
  now = () => this.time
  random = () => this.#chance
  async sleep(milliseconds: number): Promise<void> {
    // The time-out of a try runs beside it and is not slept through.
    if (milliseconds >= RETRY_POLICY.tryMilliseconds / 2) return new Promise(() => {})
    this.pauses.push(milliseconds)
    this.time += milliseconds
  }
}

const tries = (...outcomes: Outcome<string>[]) => {
  let count = 0
  return {
    attempt: async () => outcomes[Math.min(count++, outcomes.length - 1)] as Outcome<string>,
    count: () => count,
  }
}

describe('retries', () => {
  it('continue through transient failures, each pause about twice the last', async () => {
    const clock = new HeldClock()
    const { attempt } = tries(failed('OFFLINE'), failed('TIMEOUT'), failed('SLOW'), done('in'))
    expect(await withRetries(clock, RETRY_POLICY, attempt)).toEqual(done('in'))
    expect(clock.pauses).toEqual([225, 450, 900])
  })

  it('are spread at random between half a pause and a whole one', async () => {
    for (const [chance, pause] of [
      [0, 150],
      [1, 300],
    ] as const) {
      const clock = new HeldClock(chance)
      await withRetries(clock, RETRY_POLICY, tries(failed('OFFLINE'), done('in')).attempt)
      expect(clock.pauses).toEqual([pause])
    }
  })

  it('wait as long as the server says, and not at all if that is past the deadline', async () => {
    const clock = new HeldClock()
    const busy = { ...failed('WECHAT_BUSY'), retryAfterSeconds: 2 }
    expect(await withRetries(clock, RETRY_POLICY, tries(busy, done('in')).attempt)).toEqual(done('in'))
    expect(clock.pauses).toEqual([2000])
    const long = tries({ ...busy, retryAfterSeconds: 60 })
    expect(await withRetries(new HeldClock(), RETRY_POLICY, long.attempt)).toMatchObject({
      failure: 'WECHAT_BUSY',
    })
    expect(long.count()).toBe(1)
  })

  it('end with the last failure', async () => {
    const { attempt, count } = tries(failed('OFFLINE'))
    expect(await withRetries(new HeldClock(), RETRY_POLICY, attempt)).toEqual(failed('OFFLINE'))
    expect(count()).toBe(RETRY_POLICY.tries)
  })

  it.each<Failure>([
    'PHONE_CODE_INVALID',
    'WECHAT_QUOTA',
    'ACCOUNT_DISABLED',
    'MISCONFIGURED',
    'NOT_DEPLOYED',
  ])('do not happen for %s, which is not transient', async (failure) => {
    const { attempt, count } = tries(failed(failure))
    await withRetries(new HeldClock(), RETRY_POLICY, attempt)
    expect(count()).toBe(1)
  })
})

describe('what a rejected call means', () => {
  it.each([
    [{ errCode: -601001, errMsg: 'x' }, 'OFFLINE'],
    [{ errCode: -404010, errMsg: 'x' }, 'OFFLINE'],
    [{ errCode: -404012, errMsg: 'x' }, 'OFFLINE'],
    [{ errCode: -1, errMsg: 'cloud.callFunction:fail' }, 'OFFLINE'],
    [{ errMsg: 'cloud.callFunction:fail request:fail timeout' }, 'SLOW'],
    [{ errMsg: 'request:fail net::ERR_INTERNET_DISCONNECTED' }, 'OFFLINE'],
    [new Error('network down'), 'OFFLINE'],
    [{ errCode: -504003, errMsg: 'Invoking task timed out after 3 seconds' }, 'SLOW'],
    [{ errCode: -501000, errMsg: 'FunctionName parameter could not be found' }, 'NOT_DEPLOYED'],
    [{ errCode: -601034, errMsg: 'not enabled' }, 'NOT_DEPLOYED'],
    [{ errCode: -504002, errMsg: 'TypeError' }, 'INVALID_RESPONSE'],
    [undefined, 'INVALID_RESPONSE'],
  ])('%j is %s', (error, failure) => {
    expect(readCloudError(error)).toBe(failure)
  })
})
