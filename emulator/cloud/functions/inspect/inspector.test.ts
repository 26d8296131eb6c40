import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { FixtureCloud } from '../../../testing/fixture-cloud.ts'
import { TestDebugger } from '../../../testing/test-debugger.ts'

/** A function in TypeScript, as in projects without a build, with a time limit and a deadline of its own. */
const ENTRY = `import { times } from './lib/times'

export const main = async ({ value }: { value: number }) => {
  const startedAt = Date.now()
  const endsAt = performance.now() + 2800
  const late = new Promise<string>((resolve) => setTimeout(() => resolve('its own timer ran out'), 2800))
  const result = await Promise.race([late, times(value)])
  if (performance.now() > endsAt || Date.now() > startedAt + 2800) return 'its own deadline has passed'
  return result
}
`
const times = (factor: number) => `export async function times(value: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 20))
  const product = ${factor} * value
  return product
}
`
/** Calls the other, with a time limit and a deadline of its own. */
const CALLER = `const cloud = require('wx-server-sdk')
cloud.init()
exports.main = ({ value }) => Promise.race([
  cloud.callFunction({ name: 'product', data: { value } }).then(({ result }) => result),
  new Promise((resolve) => setTimeout(() => resolve('its own timer ran out'), 2800)),
])
`
const LINE = { source: 'lib/times.ts', line: 4 }
/** Longer than the function's time limit and its own. */
const LONG_MILLISECONDS = 3300

let functions: string
let kit: FixtureCloud
let host: string
const debuggers: TestDebugger[] = []

beforeAll(async () => {
  functions = mkdtempSync(join(tmpdir(), 'inspected-'))
  mkdirSync(join(functions, 'product/lib'), { recursive: true })
  writeProduct()
  mkdirSync(join(functions, 'caller'))
  writeFileSync(join(functions, 'caller/index.js'), CALLER)
  kit = await FixtureCloud.start({
    functionsDirectory: functions,
    functions: { product: { timeoutSeconds: 3 }, caller: { timeoutSeconds: 3 } },
    inspectorPort: 0,
  })
  host = kit.cloud.inspector?.host ?? ''
})
afterEach(() => {
  for (const attached of debuggers.splice(0)) attached.leave()
  writeProduct()
})
afterAll(async () => {
  await kit.stop()
  rmSync(functions, { recursive: true, force: true })
})

function writeProduct(): void {
  writeFileSync(join(functions, 'product/index.ts'), ENTRY)
  writeFileSync(join(functions, 'product/lib/times.ts'), times(2))
}

async function attach(): Promise<TestDebugger> {
  const editor = await TestDebugger.attach(host, 'product', LINE)
  debuggers.push(editor)
  return editor
}
const call = (value: number) => kit.invoke('product', 'oAlice', { value })

describe('a breakpoint in the source', () => {
  it('is set before the first call, and no time limit runs while it has stopped the function', async () => {
    const editor = await attach()
    const answer = call(21)
    const stop = await editor.stopped()
    expect(stop.callFrames[0]).toMatchObject({ functionName: 'times' })
    expect(await editor.evaluate(stop, '[value, product]')).toEqual([21, 42])
    await sleep(LONG_MILLISECONDS)
    await editor.resume()
    expect(await answer).toMatchObject({ result: 42 })
    expect((await kit.lastCall()).logs).toEqual([])
  })

  it('is kept when the code changes', async () => {
    const editor = await attach()
    writeFileSync(join(functions, 'product/lib/times.ts'), `// a new line\n${times(3)}`)
    const answer = call(5)
    const stop = await editor.stopped()
    expect(editor.attachments).toBe(2)
    expect(await editor.evaluate(stop, 'value')).toBe(5)
    await editor.resume()
    expect(await answer).toMatchObject({ result: 15 })
  })

  it('lets the function go on when the debugger goes away', async () => {
    const editor = await attach()
    const answer = call(1)
    await editor.stopped()
    await sleep(LONG_MILLISECONDS)
    editor.leave()
    expect(await answer).toMatchObject({ result: 2 })
  })

  it('gives a function that waits for the stopped one its time as well', async () => {
    const editor = await attach()
    const answer = kit.invoke('caller', 'oAlice', { value: 4 })
    await editor.stopped()
    await sleep(LONG_MILLISECONDS)
    await editor.resume()
    expect(await answer).toMatchObject({ result: 8 })
  })

  it('leaves a function its time limit while nothing is stopped', async () => {
    await attach()
    writeFileSync(
      join(functions, 'product/lib/times.ts'),
      'export const times = () => new Promise(() => setInterval(() => {}, 50))',
    )
    writeFileSync(join(functions, 'product/index.ts'), ENTRY.replaceAll('2800', '9000'))
    expect(await call(1)).toMatchObject({ errCode: -504003 })
  })
})

describe('the address of the debuggers', () => {
  const list = async () =>
    (await (await fetch(`http://${host}/json/list`)).json()) as {
      id: string
      title: string
      webSocketDebuggerUrl: string
    }[]

  it('lists every function, and a new instance as another target', async () => {
    const before = await list()
    expect(before.map(({ title }) => title)).toEqual(['caller', 'product'])
    expect(before.map(({ webSocketDebuggerUrl }) => webSocketDebuggerUrl)).toEqual([
      expect.stringMatching(`^ws://${host}/caller/\\d+$`),
      expect.stringMatching(`^ws://${host}/product/\\d+$`),
    ])
    kit.cloud.functions.endInstances()
    const after = await list()
    expect(after.map(({ id }) => id)).not.toContain(before[0]?.id)
  })

  it.each([
    ['a page of a website', 'product', { origin: 'https://example.com' }, 403],
    ['a page of this machine', 'product', { origin: 'http://127.0.0.1:5270' }, 403],
    ['a page without an address', 'product', { origin: 'null' }, 403],
    ['a page under a name of its own', 'product', { host: 'example.com' }, 403],
    ['a function that does not exist', 'nothing', {}, 404],
  ])('refuses %s', async (_name, functionName, headers, status) => {
    const socket = new WebSocket(`ws://${host}/${functionName}`, { headers })
    const answer = await new Promise((resolve) => {
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode))
      socket.once('open', () => resolve('open'))
    })
    expect(answer).toBe(status)
  })

  it('is refused with a name of its own when the port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    const port = await new Promise<number>((resolve) =>
      taken.once('listening', () => resolve((taken.address() as AddressInfo).port)),
    )
    const another = FixtureCloud.start({ functionsDirectory: functions, inspectorPort: port })
    await expect(another).rejects.toMatchObject({ name: 'InspectorUnavailable', port })
    taken.close()
  })
})
