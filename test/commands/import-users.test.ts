import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { runScript } from '../support/run-script.ts'

const directory = mkdtempSync(join(tmpdir(), 'import-users-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

it('a folder that cannot be written is one line, and no trace of the program', async () => {
  const file = join(directory, 'export.json')
  writeFileSync(file, '{"_openid":"oAbCdEfGhIjKlMnOpQrStUvWxYz1"}')
  const run = await runScript('import-users', [file, '--data', join(directory, 'cloud'), '--out', file])
  expect(run.code).toBe(1)
  expect(run.errors).toBe(
    `${file}: 读不了或写不了 · cannot be read or written (EEXIST)\n没有写入文件 · no file was written\n`,
  )
  expect(readdirSync(directory).sort()).toEqual(['cloud', 'export.json'])
})

/** An export of the old app in a folder of its own. */
function oldUsers(name: string, people: number): { file: string; out: string } {
  const out = join(directory, name)
  mkdirSync(out)
  const file = join(out, 'export.json')
  const openids = Array.from({ length: people }, (_, number) => `oAbCdEfGhIjKlMnOpQ${number + 100_000}`)
  writeFileSync(file, openids.map((openid) => JSON.stringify({ _id: openid, _openid: openid })).join('\n'))
  return { file, out }
}

it('another collection’s export in place of the present users is one line, and nothing is written', async () => {
  const { file, out } = oldUsers('existing', 1)
  const trips = join(out, 'trips.json')
  writeFileSync(trips, '{"_id":"1","city":"大理"}')
  const options = ['--existing', trips, '--data', join(directory, 'cloud'), '--out', out]
  const run = await runScript('import-users', [file, ...options])
  expect(run.code).toBe(1)
  expect(run.errors).toContain('不是 users 的导出')
  expect(readdirSync(out).sort()).toEqual(['export.json', 'trips.json'])
})

it('nothing is left of an import that is broken off', async () => {
  const { file, out } = oldUsers('broken-off', 50_000)
  const options = ['--data', join(directory, 'cloud'), '--out', out]
  const run = await runScript('import-users', [file, ...options], { until: /\d/ })
  expect(run.code).toBe(1)
  expect(run.output).not.toContain('users.map.csv')
  expect(readdirSync(out)).toEqual(['export.json'])
})
