import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest'
import { FixtureCloud } from './fixture-cloud.ts'
import { quoteThrownErrors } from './quote-thrown.ts'
import { writeFunctions } from './written-functions.ts'

let directory: string
let kit: FixtureCloud
let failure = ''
beforeAll(async () => {
  directory = writeFunctions({
    'broken/index.js': 'exports.main = () => {\n  return undefined.length\n}',
    'good/index.js': 'exports.main = () => 1',
  })
  kit = await FixtureCloud.start({ functionsDirectory: directory })
  quoteThrownErrors(kit.cloud)
})
afterAll(async () => {
  await kit.stop()
  rmSync(directory, { recursive: true, force: true })
})

/** The hooks of a test run in reverse, so this one reads what the quotes have written. */
const readFailure = () =>
  onTestFailed(({ task }) => {
    failure = task.result?.errors?.[0]?.message ?? ''
  })

// A repetition would count as unsteady what is meant to fail.
it.fails('a test that calls a function which throws', { retry: 0 }, async () => {
  readFailure()
  expect((await kit.invoke('broken', 'oAlice', {})).errMsg).toBeUndefined()
})

it('has message, place and code in its failure', () => {
  expect(failure).toContain('broken')
  expect(failure).toContain('TypeError: Cannot read properties of undefined')
  expect(failure).toContain('broken/index.js:2:20')
  expect(failure).toContain('> 2 |   return undefined.length')
})

it.fails('a test whose functions do not throw', { retry: 0 }, async () => {
  readFailure()
  expect((await kit.invoke('good', 'oAlice', {})).result).toBe(2)
})

it('has its own failure alone', () => {
  expect(failure).toContain('to be 2')
  expect(failure).not.toContain('broken')
})
