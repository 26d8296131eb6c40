import { describe, expect, it } from 'vitest'
import type { Invocation } from '../../control/invocation.ts'
import { JsonOutput } from './json-output.ts'
import type { LineStream } from './line-writer.ts'
import { TextOutput } from './text-output.ts'

const OPENID = 'oSomebodyOfWechat-1'

const CALL: Invocation = {
  requestId: 'r1',
  functionName: 'account',
  source: 'wx_client',
  openid: OPENID,
  at: new Date('2026-11-28T09:41:07').getTime(),
  durationMilliseconds: 41.6,
  coldStart: true,
  event: { action: 'sessions', token: '••••••' },
  result: { code: 200, message: '成功' },
  logs: [],
  roundTrips: [
    { requestId: 'a', action: 'database.getDocument', target: 'users', startedAt: 0, endedAt: 5 },
    { requestId: 'b', action: 'database.getDocument', target: 'trips', startedAt: 1, endedAt: 4 },
    { requestId: 'c', action: 'database.addDocument', target: 'trips', startedAt: 6, endedAt: 9 },
  ],
}
const THROWN = {
  name: 'TypeError',
  message: 'x is undefined',
  places: [{ file: 'cloudfunctions/trips/save-trip.ts', line: 31, column: 3, functionName: 'saveTrip' }],
  excerpt: { firstLine: 30, lines: ['const x = undefined', 'x.y()', '}'] },
}
const FAILED: Invocation = {
  ...CALL,
  coldStart: false,
  error: { errCode: -504002, errMsg: 'TypeError: x is undefined', thrown: THROWN },
  logs: [{ level: 'error', text: 'TypeError: x is undefined\n    at saveTrip (/x.js:1:1)', thrown: THROWN }],
}
const OTHERS = (openid?: string, source = 'wx_client'): Invocation => {
  const { openid: _openid, ...call } = CALL
  return { ...call, source, ...(openid === undefined ? {} : { openid }) }
}

/** A stream that keeps what is written, and how often. */
class Written implements LineStream {
  text = ''
  writes = 0
  readonly isTTY: boolean
  readonly columns = 40

  constructor(isTTY = false) {
    this.isTTY = isTTY
  }

  write(text: string): void {
    this.text += text
    this.writes++
  }

  on(): void {}
}

function textOf(calls: readonly Invocation[], { isQuiet = false, isTTY = false } = {}): string {
  const stdout = new Written(isTTY)
  const output = new TextOutput({ isQuiet, stdout, stderr: stdout })
  for (const call of calls) output.call(call)
  output.end()
  return stdout.text
}

describe('the terminal', () => {
  it('tells a call in one line, and never the openid', () => {
    const text = textOf([CALL])
    expect(text).toMatch(
      /^09:41:07 {2}account sessions {2,}微信 \w{4} +200 +42 ms {2}2\/3 往返 round trips {2}冷启动 cold\n$/,
    )
    expect(text).not.toContain(OPENID)
  })

  it('names people apart, each always the same, and the other callers by their names', () => {
    const [one, other, again] = [OPENID, 'oSomebodyElse-22', OPENID].map((openid) => textOf([OTHERS(openid)]))
    expect(one).toBe(again)
    expect(one).not.toBe(other)
    expect(textOf([OTHERS(undefined, 'wx_trigger')])).toContain('定时器 timer')
    expect(textOf([OTHERS(undefined, 'console')])).toContain('控制台 console')
    expect(textOf([OTHERS(undefined, 'wx_client,scf')])).toContain('云函数 function')
  })

  it('says why a call was refused, and plain ok where an answer has no code', () => {
    expect(textOf([{ ...CALL, result: { code: 401, reason: 'TOKEN_EXPIRED' } }])).toContain(
      '401 TOKEN_EXPIRED',
    )
    expect(textOf([{ ...CALL, result: { list: [] } }])).toMatch(/ ok +42 ms/)
    expect(textOf([{ ...CALL, result: { reason: 'a sentence' } }])).not.toContain('sentence')
  })

  it('shows an error once, with its place and the code', () => {
    expect(textOf([FAILED]).split('\n').slice(1)).toEqual([
      '    TypeError: x is undefined',
      '        at saveTrip (cloudfunctions/trips/save-trip.ts:31:3)',
      '',
      '      30 | const x = undefined',
      '    > 31 | x.y()',
      '         |   ^',
      '      32 | }',
      '',
    ])
    expect(textOf([{ ...FAILED, logs: [] }])).toContain('> 31 | x.y()')
  })

  it('shows what a function logs beneath its call, without what would move the cursor', () => {
    const logs = [{ level: 'log', text: 'one\ntwo \u001B[2J\u001B]0;title\u0007\r!' }]
    expect(textOf([{ ...CALL, logs }])).toMatch(/\n {4}one\n {4}two !\n$/)
  })

  it('shows errors alone with --quiet', () => {
    const warned = {
      ...CALL,
      logs: [
        { level: 'error', text: 'bad' },
        { level: 'log', text: 'good' },
      ],
    }
    const text = textOf([CALL, warned], { isQuiet: true })
    expect(text).toMatch(/^.*account.*\n {4}bad\n$/)
    expect(textOf([FAILED], { isQuiet: true })).toContain('-504002')
  })

  it('cuts a line at the width of a terminal, and colours it there alone', () => {
    const logs = [{ level: 'log', text: '很长'.repeat(40) }]
    const text = textOf([{ ...CALL, logs }], { isTTY: true })
    expect(text).toContain('\u001B[')
    expect(text.split('\n')[1]).toBe(`    ${'很长'.repeat(8)}很…`)
    expect(textOf([{ ...CALL, logs }])).toContain('很长'.repeat(40))
  })

  it('shows an error of a page with its place', () => {
    const stdout = new Written()
    const output = new TextOutput({ isQuiet: true, stdout, stderr: stdout })
    output.pageError({
      at: CALL.at,
      times: 1,
      openid: OPENID,
      page: 'pages/home/home',
      text: 'x',
      thrown: THROWN,
    })
    output.end()
    expect(stdout.text).toMatch(
      /^09:41:07 {2}pages\/home\/home {2}微信 \w{4} {2}页面出错 error of the page\n/,
    )
    expect(stdout.text).toContain('> 31 | x.y()')
  })

  it('writes a burst at once, and says how much it leaves out', () => {
    const stdout = new Written()
    const output = new TextOutput({ isQuiet: false, stdout, stderr: stdout })
    for (let call = 0; call < 1000; call++) output.call(CALL)
    output.end()
    expect(stdout.writes).toBe(1)
    expect(stdout.text.split('\n')).toHaveLength(402)
    expect(stdout.text).toContain('600 lines left out')
  })
})

it('writes one JSON object a line for programs, and leaves none out', () => {
  const stdout = new Written()
  const output = new JsonOutput({ isQuiet: false, stdout })
  output.started('http://127.0.0.1:1/', '/data')
  for (let call = 0; call < 500; call++) output.call(FAILED)
  output.finding({ level: 'note', text: 'a\nb' })
  output.end()
  const values = stdout.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(values).toHaveLength(1002)
  expect(values[0]).toEqual({ type: 'address', url: 'http://127.0.0.1:1/', data: '/data' })
  expect(values[1]).toMatchObject({
    type: 'call',
    function: 'account',
    action: 'sessions',
    code: -504002,
    milliseconds: 42,
    roundTrips: { sequential: 2, all: 3 },
    error: { message: 'x is undefined', places: THROWN.places },
  })
  expect(values[2]).toMatchObject({ type: 'log', requestId: 'r1', level: 'error' })
  expect(values.at(-1)).toEqual({ type: 'build', level: 'note', text: 'a\nb' })
  expect(stdout.text).not.toContain(OPENID)
})
