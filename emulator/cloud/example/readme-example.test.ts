import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { loadConfig } from '../../config/load-config.ts'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'

const FUNCTIONS = fileURLToPath(new URL('../../testing/kit/fixture/cloudfunctions', import.meta.url))

const DAY_MILLISECONDS = 86_400_000

let directory: string
let fixture: FixtureCloud | undefined
afterEach(async () => {
  await fixture?.stop()
  rmSync(directory, { recursive: true, force: true })
})

/** The settings that the README shows; those of the Chinese page are the same code. */
async function readSettings() {
  const text = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const [block = ''] = /^\/\/ emulator\.config\.mjs[^\n]*`order`.*?(?=^```$)/ms.exec(text) ?? []
  writeFileSync(join(directory, 'emulator.config.mjs'), block)
  return (await loadConfig({ projectDirectory: directory, dataDirectory: directory })).config
}

it('the settings in README.md load two weeks of orders', async () => {
  directory = mkdtempSync(join(tmpdir(), 'example-'))
  const { guide, example } = await readSettings()
  expect(guide?.tap).toBeTruthy()
  if (!example) throw new Error('the README shows no example')
  fixture = await FixtureCloud.start({ functionsDirectory: FUNCTIONS, example }, ['orders'])
  expect(await fixture.control.post('example/load')).toMatchObject({ state: 'loaded', documents: 28 })
  const times = fixture.documents('orders').map(({ at }) => (at as Date).getTime())
  expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(13 * DAY_MILLISECONDS)
  await fixture.control.post('example/remove')
  expect(fixture.documents('orders')).toEqual([])
})
