import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CallResult } from '../../control/calls.ts'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'

let kit: FixtureCloud

beforeAll(async () => {
  process.env['LEAKED_FROM_THE_MACHINE'] = 'yes'
  kit = await FixtureCloud.start({ variables: { SET_IN_CONSOLE: 'value' } })
})
afterAll(async () => {
  delete process.env['LEAKED_FROM_THE_MACHINE']
  await kit.stop()
})

interface Seen {
  event: Record<string, unknown>
  wxContext: Record<string, unknown>
  variables: Record<string, string>
  processId: number
  calls: number
  now: number
  date: string
  dateText: string
}

const probe = (openid: string | undefined, event: object) => kit.invoke('probe', openid, event)
const see = async (openid: string | undefined, event: object = {}) =>
  (await probe(openid, { do: 'see', ...event })).result as Seen
const failureOf = ({ errCode, errMsg }: CallResult) => ({ errCode, errMsg })

describe('a function instance', () => {
  it('knows the caller from the cloud, whatever the event says', async () => {
    const { wxContext, event } = await see('oAlice', { openid: 'oMallory', userInfo: { openId: 'oMallory' } })
    expect(wxContext).toMatchObject({
      OPENID: 'oAlice',
      APPID: kit.cloud.appid,
      SOURCE: 'wx_client',
      ENV: 'local-cloud',
    })
    expect(event['userInfo']).toEqual({ appId: kit.cloud.appid, openId: 'oAlice' })
    expect(JSON.stringify(wxContext)).not.toContain('TOKEN')
  })

  it('is used again for the next caller, without a trace of the one before', async () => {
    const first = await see('oAlice')
    const second = await see('oBob')
    expect(second.processId).toBe(first.processId)
    expect(second.calls).toBe(first.calls + 1)
    expect(JSON.stringify(second)).not.toContain('oAlice')
  })

  it('has no person in the console’s test and at a timer', async () => {
    await see('oAlice')
    expect((await see(undefined)).wxContext).toEqual({})
    expect(await kit.control.post('timer', { function: 'probe' })).toMatchObject({ result: null })
    const { calls } = await kit.control.get('calls?limit=1')
    expect(calls[0]).toMatchObject({ source: 'wx_trigger', event: { Type: 'Timer', TriggerName: 'nightly' } })
    await kit.control.post('timer', { function: 'probe', trigger: 'hourly' })
    expect((await kit.lastCall()).event).toMatchObject({ TriggerName: 'hourly' })
    await expect(kit.control.post('timer', { function: 'probe', trigger: 'never' })).rejects.toThrow('never')
    const { wxContext } = (
      (await kit.control.post('invoke', {
        function: 'probe',
        source: 'wx_trigger',
        data: { do: 'see' },
      })) as { result: Seen }
    ).result
    expect(wxContext).toMatchObject({ SOURCE: 'wx_trigger' })
    expect(wxContext).not.toHaveProperty('OPENID')
  })

  it('gets the variables set in the console and nothing of the machine’s', async () => {
    const { variables } = await see('oAlice')
    expect(variables['SET_IN_CONSOLE']).toBe('value')
    expect(variables).not.toHaveProperty('LEAKED_FROM_THE_MACHINE')
    expect(variables).not.toHaveProperty('HOME')
  })

  it('gets SCF’s context', async () => {
    expect((await probe('oAlice', { do: 'context' })).result).toMatchObject({
      function_name: 'probe',
      time_limit_in_ms: 3000,
      request_id: expect.stringMatching(/^[\w-]{36}$/),
      namespace: 'local-cloud',
    })
  })

  it('answers one call at a time, and others start beside it when it is busy', async () => {
    // The cold start of a called function counts as time of its caller, so five instances start first.
    const pause = { do: 'pause', milliseconds: 200 }
    await Promise.all(['oA', 'oB', 'oC', 'oD', 'oE'].map((openid) => probe(openid, pause)))
    await kit.control.post('latency', { milliseconds: 200 })
    const callOut = { do: 'callFunction', name: 'probe', data: { do: 'nothing' } }
    const [one, two] = await Promise.all([probe('oA', callOut), probe('oB', callOut), see('oC')])
    await kit.control.post('latency', { milliseconds: 0 })
    expect([one, two].map((call) => call.errCode)).toEqual([undefined, undefined])
    const processes = await Promise.all(['oA', 'oB', 'oC'].map((openid) => see(openid)))
    expect(new Set(processes.map((seen) => seen.processId)).size).toBeGreaterThan(1)
  })

  it('is replaced when the code on disk has changed', async () => {
    const before = await see('oAlice')
    const later = new Date(Date.now() + 10_000)
    utimesSync(join(kit.functionsDirectory, 'probe', 'index.js'), later, later)
    expect((await see('oAlice')).processId).not.toBe(before.processId)
    expect((await kit.lastCall()).coldStart).toBe(true)
    await see('oAlice')
    expect((await kit.lastCall()).coldStart).toBe(false)
  })

  it('sees the cloud’s clock', async () => {
    await kit.control.post('clock', { advanceSeconds: 86_400 })
    const seen = await see('oAlice')
    await kit.control.post('clock', { reset: true })
    const tomorrow = Date.now() + 86_400_000
    for (const time of [seen.now, Date.parse(seen.date), Date.parse(seen.dateText)]) {
      expect(Math.abs(time - tomorrow)).toBeLessThan(60_000)
    }
    expect(seen).toMatchObject({ isDate: true, leap: 29 })
    expect(Math.abs((await see('oAlice')).now - Date.now())).toBeLessThan(60_000)
  })
})

describe('a call fails as on the platform', () => {
  it('of a function that is not there', async () => {
    const call = await kit.invoke('nowhere', 'oAlice', {})
    expect(call.errCode).toBe(-501000)
    expect(call.errMsg).toContain('FunctionName parameter could not be found')
    expect((await kit.invoke('../probe', 'oAlice', {})).errCode).toBe(-501000)
  })

  it('of a function that throws, its message handed on', async () => {
    const call = await probe('oAlice', { do: 'throw' })
    expect(call.errCode).toBe(-504002)
    expect(call.errMsg).toContain('Error: on request')
  })

  it('of a function that answers what is no JSON', async () => {
    expect((await probe('oAlice', { do: 'circle' })).errCode).toBe(-504002)
  })

  it('of a process that ends itself, and the next call is answered', async () => {
    expect((await probe('oAlice', { do: 'exit' })).errCode).toBe(-504002)
    expect((await see('oAlice')).event['do']).toBe('see')
  })

  it('at most once after a promise that was left alone has ended the process', async () => {
    await probe('oAlice', { do: 'reject' })
    await expect.poll(async () => (await probe('oAlice', { do: 'see' })).errCode).toBeUndefined()
  })

  it.each([[false], [true]])(
    'of one that takes too long (busy: %s): killed, and the next is answered',
    async (busy) => {
      const call = await kit.invoke('hanging', 'oAlice', { busy })
      expect(failureOf(call)).toEqual({
        errCode: -504003,
        errMsg: expect.stringContaining('Invoking task timed out after 0.4 seconds'),
      })
      expect((await kit.invoke('hanging', 'oAlice', { busy })).errCode).toBe(-504003)
    },
  )

  it('of one whose time is made to run out, and of no other', async () => {
    const answer = { kind: 'function-timeout' as const }
    await kit.control.post('faults', { action: 'invoke', target: 'hanging', answer, times: 1 })
    expect((await see('oAlice')).event['do']).toBe('see')
    expect((await kit.invoke('hanging', 'oAlice', {})).errCode).toBe(-504003)
    expect(await kit.control.get('faults')).toEqual({ faults: [] })
  })

  it('of one that the call does not reach', async () => {
    await kit.collection('notes').put({ _id: 'kept' })
    const answer = { kind: 'call-lost' as const }
    await kit.control.post('faults', { action: 'invoke', target: 'probe', answer, times: 1 })
    expect((await probe('oAlice', { do: 'write', id: 'unsent' })).errCode).toBe(-601001)
    expect(kit.documents('notes', { _id: 'unsent' })).toEqual([])
  })

  it('of one whose answer is lost, which has done its work', async () => {
    await kit.collection('notes').put({ _id: 'kept' })
    const answer = { kind: 'answer-lost' as const }
    await kit.control.post('faults', { action: 'invoke', target: 'probe', answer, times: 1 })
    const call = await probe('oAlice', { do: 'write', id: 'lost' })
    expect([call.errCode, call.errMsg]).toEqual([-601001, expect.stringContaining('request:fail')])
    expect(kit.documents('notes', { _id: 'lost' })).toHaveLength(1)
  })

  it('of a file that cannot be loaded', async () => {
    const call = await kit.invoke('broken', 'oAlice', {})
    expect(call.errCode).toBe(-504002)
    expect(call.errMsg).toContain('this file cannot be loaded')
  })

  it('of too large a request or answer', async () => {
    expect((await probe('oAlice', { do: 'nothing', text: 'x'.repeat(101 * 1024) })).errCode).toBe(-601002)
    expect((await probe('oAlice', { do: 'large' })).errCode).toBe(-604001)
  })
})

describe('bytes', () => {
  const caller = () => ({ source: 'wx_client', appid: kit.cloud.appid, openid: 'oAlice' })
  const json = { type: 'Buffer', data: [17, 3, 255] }

  it.each([
    ['an ArrayBuffer', new Uint8Array([17, 3, 255]).buffer],
    ['a Uint8Array', new Uint8Array([17, 3, 255])],
    ['a Buffer', Buffer.from([17, 3, 255])],
    ['a view of a part', new Uint8Array([9, 17, 3, 255, 9]).subarray(1, 4)],
    ['what the documented conversion made', json],
  ])('of a call arrive as the platform converts them: %s', async (_name, bytes) => {
    const end = await kit.cloud.functions.invoke('probe', { do: 'bytes', bytes }, caller())
    expect(JSON.parse(end.failure ? '' : end.json)).toEqual({
      isBuffer: false,
      bytes: json,
      buffer: { type: 'Buffer', data: [1, 2] },
    })
  })

  it('of an answer that JSON does not keep are named in the call log', async () => {
    expect((await probe('oAlice', { do: 'lostBytes' })).result).toEqual({ lost: {} })
    expect(JSON.stringify((await kit.lastCall()).logs)).toContain('ArrayBuffer')
  })
})

describe('the call log', () => {
  it('has the lines a function logged, in order', async () => {
    await probe('oAlice', { do: 'log' })
    const { logs } = await kit.lastCall()
    expect(logs.map((line) => line.text)).toEqual(['one { two: 2 }', 'three', '{"four":4}'])
    expect(logs.map((line) => line.level)).toEqual(['log', 'error', 'info'])
  })

  it('counts a request sent after an answer as sequential, without any latency', async () => {
    await kit.collection('notes').put()
    for (let round = 0; round < 10; round++) {
      for (const [act, count, expected] of [
        ['together', 12, 1],
        ['oneByOne', 4, 4],
      ] as const) {
        await probe('oAlice', { do: act, count })
        const { roundTrips, sequentialRoundTrips } = await kit.lastCall()
        expect([act, roundTrips.length, sequentialRoundTrips]).toEqual([act, count, expected])
      }
    }
  })

  it('has a function that answers nothing as null', async () => {
    expect((await probe('oAlice', { do: 'nothing' })).result).toBeNull()
  })

  it('shows no secret of what went in and out', async () => {
    await probe('oAlice', { do: 'see', token: 'very.secret.token', phone: '13800138000' })
    const { calls } = await kit.control.get('calls?limit=1')
    const [call] = calls as { event: object }[]
    expect(JSON.stringify(call?.event)).not.toContain('very.secret.token')
    expect(JSON.stringify(call?.event)).not.toContain('13800138000')
  })
})

describe('a function calls a function', () => {
  it('which learns who called in between, but not the person', async () => {
    const call = await probe('oAlice', { do: 'callFunction', name: 'probe', data: { do: 'see' } })
    const inner = (call.result as { result: Seen }).result
    expect(inner.wxContext).toMatchObject({ SOURCE: 'wx_client,scf' })
    expect(inner.wxContext).not.toHaveProperty('OPENID')
  })

  it('that is not there, or throws', async () => {
    const missing = await probe('oAlice', { do: 'callFunction', name: 'nowhere', data: {} })
    expect(missing.result).toMatchObject({ errCode: -1, code: 'FUNCTION_NOT_FOUND' })
    const throwing = await probe('oAlice', { do: 'callFunction', name: 'probe', data: { do: 'throw' } })
    expect(throwing.result).toMatchObject({ errCode: -1, code: 'FUNCTIONS_EXECUTE_FAIL' })
  })
})
