import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'

/** Each is the whole of an `index.js`, as somebody would upload it. */
const FUNCTIONS = {
  now: 'exports.main = (event, context, callback) => { callback(null, { doubled: event.n * 2 }) }',
  soon: 'exports.main = (event, context, callback) => { setTimeout(() => callback(null, { doubled: event.n * 2 }), 50) }',
  // The arrow returns the timer, which is no answer.
  timer:
    'exports.main = (event, context, callback) => setTimeout(() => callback(null, { doubled: event.n * 2 }), 50)',
  classic: 'exports.main = function () { arguments[2](null, { doubled: arguments[0].n * 2 }) }',
  rest: 'exports.main = (...all) => { all[2](null, { doubled: all[0].n * 2 }) }',
  returned: 'exports.main = (event) => ({ doubled: event.n * 2 })',
  declared: 'exports.main = (event, context, callback) => ({ doubled: event.n * 2 })',
  both: 'exports.main = (event, context, callback) => { setTimeout(() => callback(null, { doubled: event.n * 2 }), 20); return "early" }',
  twice:
    'exports.main = (event, context, callback) => { callback(null, { doubled: event.n * 2 }); callback(null, "again") }',
  promise:
    'exports.main = async (event, context, callback) => { callback(null, "not this"); return { doubled: event.n * 2 } }',
  thenable: 'exports.main = (event) => ({ then: (resolve) => resolve({ doubled: event.n * 2 }) })',
  // What follows the callback is still part of the call.
  afterwards:
    'exports.main = (event, context, callback) => { const answer = { doubled: 0 }; callback(null, answer); setTimeout(() => { answer.doubled = event.n * 2 }, 50) }',
  atOnce:
    'exports.main = (event, context, callback) => { context.callbackWaitsForEmptyEventLoop = false; setInterval(() => {}, 1000); setTimeout(() => callback(null, { doubled: event.n * 2 }), 20) }',
} as const

const OTHERS = {
  silent: 'exports.main = (event, context, callback) => {}',
  nothing: 'exports.main = (event, context, callback) => callback()',
  endless: 'exports.main = (event, context, callback) => { setInterval(() => {}, 1000); callback(null, 1) }',
  refuses: 'exports.main = (event, context, callback) => { callback(new Error("on request")) }',
  refusesText:
    'exports.main = (event, context, callback) => { setTimeout(() => callback("on request"), 10) }',
  throws: 'exports.main = (event, context, callback) => { throw new Error("on request") }',
} as const

let directory: string
let kit: FixtureCloud
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'handlers-'))
  for (const [name, code] of Object.entries({ ...FUNCTIONS, ...OTHERS })) {
    mkdirSync(join(directory, name))
    writeFileSync(join(directory, name, 'index.js'), code)
    writeFileSync(join(directory, name, 'config.json'), '{"timeout": 2}')
  }
  kit = await FixtureCloud.start({ functionsDirectory: directory })
})
afterAll(async () => {
  await kit.stop()
  rmSync(directory, { recursive: true, force: true })
})

const call = (name: string) => kit.invoke(name, 'oAlice', { n: 4 })

describe('a function answers', () => {
  it.each(Object.keys(FUNCTIONS))('in the form "%s", call after call', async (name) => {
    for (let round = 0; round < 2; round++) expect((await call(name)).result).toEqual({ doubled: 8 })
  })

  it.each(['silent', 'nothing'])('null when it answers nothing: "%s"', async (name) => {
    expect(await call(name)).toMatchObject({ result: null })
  })

  it('too late while its event loop is not empty, and its log says what it waits for', async () => {
    expect((await call('endless')).errCode).toBe(-504003)
    expect(JSON.stringify((await kit.lastCall()).logs)).toContain('callbackWaitsForEmptyEventLoop')
  })

  it.each(['refuses', 'refusesText', 'throws'])(
    'with the error that the function gives: "%s"',
    async (name) => {
      const { errCode, errMsg } = await call(name)
      expect(errCode).toBe(-504002)
      expect(errMsg).toContain('on request')
    },
  )

  it('with its promise alone, and its log says so', async () => {
    await call('promise')
    expect(JSON.stringify((await kit.lastCall()).logs)).toContain('callback')
  })
})
