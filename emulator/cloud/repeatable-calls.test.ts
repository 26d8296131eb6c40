import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FixtureCloud } from '../testing/fixture-cloud.ts'
import { RepeatableCalls } from './repeatable-calls.ts'

/** The function and the cloud are two processes, and round their times. */
const CLOCKS_MILLISECONDS = 5

const call = (json: string) => ({ functionName: 'f', caller: { source: 'console', appid: 'wx' }, json })

describe('the events kept to run calls again', () => {
  it('are bounded by number and by size, the oldest going first', () => {
    const kept = new RepeatableCalls(2, 20)
    for (const id of ['a', 'b', 'c']) kept.add(id, call('{"n":1}'))
    expect(['a', 'b', 'c'].map((id) => kept.has(id))).toEqual([false, true, true])
    kept.add('d', call('"123456789012345"'))
    expect(['b', 'c', 'd'].map((id) => kept.has(id))).toEqual([false, false, true])
    kept.add('e', call('"1234567890123456789"'))
    expect(kept.find('e')).toBeUndefined()
    kept.add('f', call('{"n":2}'))
    expect(kept.find('f')).toMatchObject({ functionName: 'f', event: { n: 2 } })
  })
})

describe('the call log', () => {
  let kit: FixtureCloud
  beforeAll(async () => {
    kit = await FixtureCloud.start()
  })
  afterAll(() => kit.stop())

  it('runs a call again, with the secrets of its event, which it shows to nobody', async () => {
    await kit.invoke('probe', 'oAlice', { do: 'see', token: 'secret-of-alice' })
    const first = await kit.lastCall()
    expect(first).toMatchObject({ isRepeatable: true, openid: 'oAlice', event: { token: '••••••' } })
    const answer = await kit.control.post(`calls/${first.requestId}/repeat`)
    const second = await kit.lastCall()
    expect(answer).toEqual({ requestId: second.requestId })
    expect(second).toMatchObject({ functionName: 'probe', source: 'wx_client', openid: 'oAlice' })
    expect(JSON.stringify(await kit.control.get('calls'))).not.toContain('secret-of-alice')
  })

  it('does not run a call again that the rules deny by now', async () => {
    await kit.invoke('probe', 'oAlice', { do: 'log' })
    const { requestId } = await kit.lastCall()
    await kit.control.put('permissions/functions', {
      functions: { '*': { invoke: true }, probe: { invoke: false } },
    })
    await expect(kit.control.post(`calls/${requestId}/repeat`)).rejects.toThrow('the rules deny it')
    await kit.control.put('permissions/functions', { functions: { '*': { invoke: true } } })
    expect(await kit.lastCall()).toMatchObject({ requestId })
  })

  it('says when a call began, when an instance was ready, and when each line was logged', async () => {
    await kit.invoke('probe', 'oAlice', { do: 'log' })
    const { startedAt = 0, readyAt = 0, durationMilliseconds = 0, logs } = await kit.lastCall()
    expect(readyAt).toBeGreaterThanOrEqual(startedAt)
    expect(logs.length).toBeGreaterThan(0)
    for (const { at } of logs) {
      expect(at).toBeGreaterThanOrEqual(readyAt - CLOCKS_MILLISECONDS)
      expect(at).toBeLessThanOrEqual(startedAt + durationMilliseconds + CLOCKS_MILLISECONDS)
    }
  })

  it('answers what has changed since a revision, and has another edition once it is cleared', async () => {
    const before = await kit.control.get('calls')
    await kit.invoke('probe', 'oAlice', { do: 'log' })
    const after = await kit.control.get(`calls?since=${before.revision}`)
    expect(after.calls).toHaveLength(1)
    expect(after.edition).toBe(before.edition)
    expect((await kit.control.get(`calls?since=${after.revision}`)).calls).toEqual([])
    await kit.control.delete('calls')
    expect(await kit.control.get('calls')).toMatchObject({ calls: [] })
    expect((await kit.control.get('calls')).edition).not.toBe(before.edition)
    await expect(kit.control.post(`calls/${after.calls[0]?.requestId}/repeat`)).rejects.toThrow(
      'no longer kept',
    )
  })
})
