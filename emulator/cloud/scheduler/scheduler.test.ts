import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'
import type { PausedInvocation } from './paused-invocation.ts'

let kit: FixtureCloud
let people = 0
beforeAll(async () => {
  kit = await FixtureCloud.start({}, ['notes', 'others', 'users', 'counters', 'logs'])
})
afterAll(() => kit.stop())

function start(name: string, openid: string, data: unknown): PausedInvocation {
  return kit.cloud.scheduler.start(name, data, { source: 'wx_client', appid: kit.cloud.appid, openid })
}

async function pause(name: string, openid: string, data: unknown): Promise<PausedInvocation> {
  const call = start(name, openid, data)
  await call.untilQuiescent()
  return call
}

const waiting = (call: PausedInvocation) => call.waiting.map(({ name }) => name)
const answerOf = (call: PausedInvocation): unknown =>
  call.end && !call.end.failure ? JSON.parse(call.end.json) : call.end?.failure
const token = { token: expect.any(String) }

function newPerson(): string {
  people += 1
  return `oPaused-${people}`
}

const isUser = (openid: string) => kit.documents('users').some(({ _id }) => _id === openid)

describe('a paused call', () => {
  it('waits for all requests that it sends together, in the order of sending, every time', async () => {
    for (let run = 0; run < 10; run++) {
      const openid = newPerson()
      const call = await pause('register', openid, { phoneCode: await kit.phoneCode(openid) })
      const [read, ...counted] = [
        'database.getDocument users',
        'database.insertDocument counters',
        'database.modifyDocument counters',
      ]
      expect(waiting(call)).toEqual([read, ...counted])
      for (const name of counted) await call.release(name)
      expect(waiting(call)).toEqual([read])
      await call.release('database.getDocument users')
      expect(waiting(call)).toEqual(['wx.openApi phonenumber.getPhoneNumber'])
      await call.release('wx.openApi phonenumber.getPhoneNumber')
      expect(waiting(call)).toEqual(['database.insertDocument users', 'database.insertDocument logs'])
      expect(call.end).toBeUndefined()
      expect(isUser(openid)).toBe(false)
      await call.release('database.insertDocument users')
      expect(waiting(call)).toEqual(['database.insertDocument logs'])
      await call.release('database.insertDocument logs')
      expect(answerOf(call)).toEqual(token)
      expect(isUser(openid)).toBe(true)
    }
  })

  it('can lose a race that is written down', async () => {
    const openid = newPerson()
    const a = await pause('register', openid, { phoneCode: await kit.phoneCode(openid) })
    const b = await pause('register', openid, { phoneCode: await kit.phoneCode(openid) })
    for (const call of [a, b]) {
      for (const name of waiting(call)) await call.release(name)
      await call.release('wx.openApi phonenumber.getPhoneNumber')
      await call.release('database.insertDocument logs')
    }
    await a.release('database.insertDocument users')
    await b.release('database.insertDocument users')
    expect(answerOf(a)).toEqual(token)
    // The read is the second of its kind in this call.
    expect(waiting(b)).toEqual(['database.modifyDocument users', 'database.getDocument users#2'])
    for (const name of waiting(b)) await b.release(name)
    expect(answerOf(b)).toEqual(token)
  })

  it('may end while requests that it does not await are still paused', async () => {
    const call = await pause('probe', newPerson(), { do: 'awaitOne' })
    expect(waiting(call)).toEqual(['database.getDocument notes', 'database.getDocument others'])
    await call.release('database.getDocument others')
    expect(answerOf(call)).toBe('done')
    expect(waiting(call)).toEqual(['database.getDocument notes'])
    await call.release('database.getDocument notes')
  })

  it('has no time limit, neither its own nor the platform’s', async () => {
    const openid = newPerson()
    const call = await pause('probe', openid, { do: 'readSettled' })
    // Longer than the function's own deadline of 2 s and the platform's limit of 3 s.
    await new Promise((resolve) => setTimeout(resolve, 3_200))
    expect(waiting(call)).toEqual(['database.getDocument notes'])
    await call.release('database.getDocument notes')
    expect(answerOf(call)).toBe('done')
    // Its instance is an ordinary one again.
    kit.cloud.faults.add({ openid, answer: { kind: 'hang' } })
    expect((await kit.invoke('probe', openid, { do: 'readSettled' })).result).toBe('timeout')
    kit.cloud.faults.clear()
  })

  it('that is pinned does the same again, down to what it draws at random', async () => {
    const openid = newPerson()
    const caller = { source: 'wx_client', appid: kit.cloud.appid, openid }
    const pinned = { nowMilliseconds: kit.cloud.clock.now(), seed: 'the same' }
    const written: unknown[] = []
    const ends: unknown[] = []
    for (let run = 0; run < 2; run++) {
      const event = { phoneCode: await kit.phoneCode(openid) }
      const call = kit.cloud.scheduler.start('register', event, caller, { pinned })
      for (await call.untilQuiescent(); call.waiting.length > 0; ) {
        const [first] = call.waiting
        if (first?.action === 'database.insertDocument') written.push(first.fields['data'])
        await call.release(first?.name ?? '')
        if (first?.action.startsWith('database.')) expect(first.answer).toBeDefined()
      }
      ends.push(answerOf(call))
      for (const name of ['users', 'counters', 'logs']) {
        for (const { _id } of kit.documents(name)) kit.cloud.database.removeDocument(name, _id)
      }
    }
    expect(written).toHaveLength(6)
    expect(written.slice(3)).toEqual(written.slice(0, 3))
    expect(ends).toEqual([token, token])
    expect(ends[1]).toEqual(ends[0])
    // The next call in the same process draws at random again.
    const register = async () =>
      (await kit.invoke('register', openid, { phoneCode: await kit.phoneCode(openid) })).result
    expect(await register()).not.toEqual(await register())
  })

  it('refuses to release a request that is not waiting', async () => {
    const call = await pause('probe', newPerson(), { do: 'pause', milliseconds: 1 })
    expect(answerOf(call)).toBeNull()
    await expect(call.release('database.getDocument users')).rejects.toThrow(RangeError)
  })
})

it('another process pauses calls by the control interface', async () => {
  const { control } = kit
  const call = { function: 'probe', openid: newPerson(), data: { do: 'readSettled' } }
  const { id, ...state } = await control.post('holds', call)
  expect(state).toEqual({ waiting: ['database.getDocument notes'] })
  expect(await control.get(`holds/${id}`)).toEqual(state)
  await expect(control.post(`holds/${id}/release`, { operation: 'nothing' })).rejects.toThrow('waiting')
  expect(
    await control.post(`holds/${id}/release`, { operation: 'database.getDocument notes' }),
  ).toMatchObject({ waiting: [], end: { result: 'done' } })
  await expect(control.get('holds/none')).rejects.toThrow('no such held call')
})

describe('a paused call', () => {
  const probe = (event: object) => pause('probe', 'oProbe', event)
  const notes = () => kit.documents('notes')

  it('is quiescent while its write waits for a transaction, and goes on when that has ended', async () => {
    const transaction = await probe({ do: 'writeInTransaction', id: 'a' })
    await transaction.release('database.startTransaction ')
    await transaction.release('database.modifyDocument notes')
    const write = await probe({ do: 'write', id: 'a' })
    await write.release('database.modifyDocument notes')
    expect(waiting(write)).toEqual([])
    expect(write.end).toBeUndefined()
    expect(notes()).toEqual([])
    await transaction.release('database.commitTransaction ')
    await write.untilQuiescent()
    expect(write.end?.failure).toBeUndefined()
    expect(notes()).toEqual([{ _id: 'a', by: 'write' }])
  })

  it('is not quiescent during a short pause, and never wakes from a long one', async () => {
    const short = await probe({ do: 'pause', milliseconds: 200 })
    expect(short.end?.failure).toBeUndefined()
    expect(short.end).toBeDefined()
    const long = await probe({ do: 'pause', milliseconds: 5000 })
    expect(waiting(long)).toEqual([])
    expect(long.end).toBeUndefined()
  })

  it('that does not await its request ends while the request is paused', async () => {
    for (let run = 0; run < 10; run++) {
      const call = await probe({ do: 'leaveBehind', id: 'a' })
      expect(call.end).toBeDefined()
      expect(waiting(call)).toEqual(['database.getDocument notes'])
      await call.release('database.getDocument notes')
    }
  })
})
