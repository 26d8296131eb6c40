import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CloudKit, CONSENT, verdict } from '../../../test/cloud-kit.ts'
import { buildFixtures } from '../../../test/fixture-functions.ts'
import type { HeldInvocation } from './held-invocation.ts'

let kit: CloudKit
let people = 0
beforeAll(async () => {
  kit = await CloudKit.start()
})
afterAll(() => kit.stop())

function start(name: string, openid: string, data: unknown): HeldInvocation {
  return kit.cloud.gate.start(name, data, { source: 'wx_client', appid: kit.cloud.appid, openid })
}

async function held(name: string, openid: string, data: unknown): Promise<HeldInvocation> {
  const call = start(name, openid, data)
  await call.still()
  return call
}

const waiting = (call: HeldInvocation) => call.waiting.map(({ name }) => name)
const answerOf = (call: HeldInvocation) =>
  JSON.parse(call.end && !call.end.failure ? call.end.json : 'null') as Parameters<typeof verdict>[0]

function newPerson(): string {
  people += 1
  return `oGate-${people}`
}

describe('a held call', () => {
  it('waits at all requests that it sends together, in the order of sending, every time', async () => {
    for (let run = 0; run < 10; run++) {
      const openid = newPerson()
      const phoneCode = await kit.phoneCode(openid)
      const call = await held('login', openid, { phoneCode, consent: { version: CONSENT } })
      const [read, ...counted] = [
        'database.getDocument users',
        'database.insertDocument rate_limits',
        'database.modifyDocument rate_limits',
      ]
      expect(waiting(call)).toEqual([read, ...counted])
      for (const name of counted) await call.release(name)
      expect(waiting(call)).toEqual([read])
      await call.release('database.getDocument users')
      expect(waiting(call)).toEqual(['wx.openApi phonenumber.getPhoneNumber'])
      await call.release('wx.openApi phonenumber.getPhoneNumber')
      expect(waiting(call)).toEqual(['database.insertDocument users', 'database.insertDocument audit_logs'])
      expect(call.end).toBeUndefined()
      expect(kit.users().some((user) => user['openid'] === openid)).toBe(false)
      await call.release('database.insertDocument users')
      expect(waiting(call)).toEqual(['database.insertDocument audit_logs'])
      await call.release('database.insertDocument audit_logs')
      expect(verdict(answerOf(call))).toBe('200')
      expect(kit.users().some((user) => user['openid'] === openid)).toBe(true)
    }
  })

  it('can lose a race that is written down', async () => {
    const openid = newPerson()
    const consent = { version: CONSENT }
    const [first, second] = [await kit.phoneCode(openid), await kit.phoneCode(openid)]
    const a = await held('login', openid, { phoneCode: first, consent })
    const b = await held('login', openid, { phoneCode: second, consent })
    for (const call of [a, b]) {
      for (const name of waiting(call)) await call.release(name)
      await call.release('wx.openApi phonenumber.getPhoneNumber')
      await call.release('database.insertDocument audit_logs')
    }
    await a.release('database.insertDocument users')
    await b.release('database.insertDocument users')
    expect(verdict(answerOf(a))).toBe('200')
    // The read is the second of its kind in this call.
    expect(waiting(b)).toEqual(['database.modifyDocument users', 'database.getDocument users#2'])
    for (const name of waiting(b)) await b.release(name)
    expect(verdict(answerOf(b))).toBe('200')
  })

  it('may end while requests it did not wait for are still held', async () => {
    const openid = newPerson()
    const { token } = await kit.loginWithCode(openid)
    await kit.call('logout', openid, { token })
    const call = await held('trips', openid, { action: 'list', token })
    await call.release('database.getDocument users')
    expect(verdict(answerOf(call))).toBe('403 SESSION_REVOKED')
    expect(waiting(call)).toEqual(['database.getDocument trips'])
    await call.release('database.getDocument trips')
  })

  it('has all the time in the world', async () => {
    const openid = newPerson()
    const { token } = await kit.loginWithCode(openid)
    const call = await held('checkToken', openid, { token })
    // Longer than the function's own deadline of 2 s and the platform's limit of 3 s.
    await new Promise((resolve) => setTimeout(resolve, 3_200))
    expect(waiting(call)).toEqual(['database.getDocument users'])
    await call.release('database.getDocument users')
    expect(verdict(answerOf(call))).toBe('200')
    // Its instance is an ordinary one again.
    kit.cloud.faults.add({ openid, answer: { kind: 'hang' } })
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('503 TIMEOUT')
    kit.cloud.faults.clear()
  })

  it('that is pinned does the same again, down to what it draws at random', async () => {
    const caller = { source: 'wx_client', appid: kit.cloud.appid, openid: newPerson() }
    const pinned = { nowMilliseconds: kit.cloud.clock.now(), seed: 'the same' }
    const written: unknown[] = []
    const ends: unknown[] = []
    for (let run = 0; run < 2; run++) {
      const phoneCode = await kit.phoneCode(caller.openid)
      const event = { phoneCode, consent: { version: CONSENT } }
      const call = kit.cloud.gate.start('login', event, caller, { pinned })
      for (await call.still(); call.waiting.length > 0; ) {
        const [first] = call.waiting
        if (first?.action === 'database.insertDocument') written.push(first.fields['data'])
        await call.release(first?.name ?? '')
        if (first?.action.startsWith('database.')) expect(first.answer).toBeDefined()
      }
      ends.push(answerOf(call))
      for (const name of ['users', 'rate_limits']) {
        for (const { _id } of kit.documents(name)) kit.cloud.database.removeDocument(name, _id)
      }
    }
    expect(written).toHaveLength(6)
    expect(written.slice(3)).toEqual(written.slice(0, 3))
    expect(ends[1]).toEqual(ends[0])
    // The next call in the same process is itself again.
    expect((await kit.loginWithCode(caller.openid)).token).not.toBe(
      (await kit.loginWithCode(caller.openid)).token,
    )
  })

  it('says so when it has no request to let go', async () => {
    const call = await held('checkToken', newPerson(), {})
    expect(verdict(answerOf(call))).toBe('401 TOKEN_MISSING')
    await expect(call.release('database.getDocument users')).rejects.toThrow(RangeError)
  })
})

it('another process holds calls by the control interface', async () => {
  const { control } = kit
  const openid = newPerson()
  const { token } = await kit.loginWithCode(openid)
  const call = { function: 'checkToken', openid, data: { token } }
  const { id, ...state } = await control.post<{ id: string; waiting: string[] }>('holds', call)
  expect(state).toEqual({ waiting: ['database.getDocument users'] })
  expect(await control.get(`holds/${id}`)).toEqual(state)
  await expect(control.post(`holds/${id}/release`, { operation: 'nothing' })).rejects.toThrow('waiting')
  expect(
    await control.post(`holds/${id}/release`, { operation: 'database.getDocument users' }),
  ).toMatchObject({ waiting: [], end: { result: { code: 200 } } })
  await expect(control.get('holds/none')).rejects.toThrow('no such held call')
})

describe('a held call of another function', () => {
  let functionsDirectory: string
  let probes: CloudKit
  beforeAll(async () => {
    functionsDirectory = await buildFixtures()
    probes = await CloudKit.start({ functionsDirectory })
    probes.cloud.database.createCollection('notes')
  })
  afterAll(async () => {
    await probes.stop()
    rmSync(functionsDirectory, { recursive: true, force: true })
  })

  async function probe(event: object): Promise<HeldInvocation> {
    const { gate, appid } = probes.cloud
    const call = gate.start('probe', event, { source: 'wx_client', appid, openid: 'oProbe' })
    await call.still()
    return call
  }
  const notes = () => probes.cloud.database.documents('notes')

  it('is still while its write waits for a transaction, and goes on when that has ended', async () => {
    const transaction = await probe({ do: 'writeInTransaction', id: 'a' })
    await transaction.release('database.startTransaction ')
    await transaction.release('database.modifyDocument notes')
    const write = await probe({ do: 'write', id: 'a' })
    await write.release('database.modifyDocument notes')
    expect(waiting(write)).toEqual([])
    expect(write.end).toBeUndefined()
    expect(notes()).toEqual([])
    await transaction.release('database.commitTransaction ')
    await write.still()
    expect(write.end?.failure).toBeUndefined()
    expect(notes()).toEqual([{ _id: 'a', by: 'write' }])
  })

  it('is not still during a short pause, and never wakes from a long one', async () => {
    const short = await probe({ do: 'pause', milliseconds: 200 })
    expect(short.end?.failure).toBeUndefined()
    expect(short.end).toBeDefined()
    const long = await probe({ do: 'pause', milliseconds: 5000 })
    expect(waiting(long)).toEqual([])
    expect(long.end).toBeUndefined()
  })

  it('that sends a request and does not wait for it has ended with the request at the gate', async () => {
    for (let run = 0; run < 10; run++) {
      const call = await probe({ do: 'leaveBehind', id: 'a' })
      expect(call.end).toBeDefined()
      expect(waiting(call)).toEqual(['database.getDocument notes'])
      await call.release('database.getDocument notes')
    }
  })
})
