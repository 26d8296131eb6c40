import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Fault } from '../control/fault.ts'
import { FixtureCloud } from '../testing/fixture-cloud.ts'
import { outsideClient } from '../testing/sdk-client.ts'

let kit: FixtureCloud
let people = 0
beforeAll(async () => {
  kit = await FixtureCloud.start({}, ['notes', 'users', 'counters', 'logs'])
})
afterAll(() => kit.stop())
afterEach(() => kit.cloud.faults.clear())

function newPerson(): string {
  people += 1
  return `oFaulty-${people}`
}

const write = (openid: string) => kit.invoke('probe', openid, { do: 'writeSettled', id: openid })
const isWritten = (openid: string) => kit.documents('notes').some(({ _id }) => _id === openid)

describe('a fault before the operation leaves it undone, one after it does not:', () => {
  it.each<[Fault['answer']['kind'], string, boolean]>([
    ['reset', 'failed', false],
    ['reset-after', 'failed', true],
    ['http-error', 'failed', false],
    ['garbage', 'failed', true],
    ['hang', 'timeout', false],
    ['hang-after', 'timeout', true],
  ])('%s is "%s" to the function', async (kind, expected, written) => {
    const openid = newPerson()
    await kit.control.post('faults', {
      action: 'database.modifyDocument',
      answer: { kind, status: 500 } as Fault['answer'],
    })
    expect((await write(openid)).result).toBe(expected)
    expect(isWritten(openid)).toBe(written)
  })

  it.each<['kill' | 'kill-after', boolean]>([
    ['kill', false],
    ['kill-after', true],
  ])('%s ends the process, and the caller gets the platform’s error', async (kind, written) => {
    const openid = newPerson()
    await kit.control.post('faults', { openid, answer: { kind }, times: 1 })
    expect(await write(openid)).toMatchObject({
      errCode: -504002,
      errMsg: expect.stringContaining('Process exited unexpectedly before completing request'),
    })
    expect(isWritten(openid)).toBe(written)
    expect((await write(openid)).result).toBe('done')
  })
})

describe('a fault can be of one operation of one call', () => {
  it('of one person, and nobody else', async () => {
    const [alice, bob] = [newPerson(), newPerson()]
    await kit.control.post('faults', { openid: alice, answer: { kind: 'reset' } })
    expect((await write(alice)).result).toBe('failed')
    expect((await write(bob)).result).toBe('done')
  })

  it('the n-th of all, or of those of its kind', async () => {
    const openid = newPerson()
    const register = async () => kit.invoke('register', openid, { phoneCode: await kit.phoneCode(openid) })
    await kit.control.post('faults', { operation: 3, answer: { kind: 'reset' } })
    expect((await register()).errCode).toBe(-504002)
    const { roundTrips } = await kit.lastCall()
    expect(roundTrips.map(({ action }) => action)[2]).toBe('database.modifyDocument')

    kit.cloud.faults.clear()
    await kit.control.post('faults', {
      action: 'database.getDocument',
      operation: 2,
      answer: { kind: 'reset' },
    })
    expect((await register()).result).toMatchObject({ token: expect.any(String) })
  })
})

it('a client outside any function meets a killed process as a broken connection', async () => {
  const notes = outsideClient(kit.cloud.sdkUrl).database().collection('notes')
  await kit.control.post('faults', { answer: { kind: 'kill' }, times: 1 })
  await expect(notes.where({}).count()).rejects.toThrow()
  expect(await notes.where({ city: 'none' }).count()).toMatchObject({ total: 0 })
})
