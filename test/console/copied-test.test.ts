import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AppUser, CONSENT } from '../../scripts/lib/demo/app-user.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { CloudKit } from '../support/cloud-kit.ts'

let kit: CloudKit
let folder: string
const files: string[] = []

beforeAll(async () => {
  kit = await CloudKit.start()
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'copied-')))
  symlinkSync(projectPath('node_modules'), join(folder, 'node_modules'), 'junction')
})
afterAll(async () => {
  await kit.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Copies the latest call as a test. */
async function copy(name: string): Promise<string> {
  const { requestId } = await kit.lastCall()
  const { text, problem } = await kit.control.post(`calls/${requestId}/test`)
  expect(problem).toEqual([])
  files.push(name)
  writeFileSync(join(folder, `${name}.test.js`), text)
  return text
}

it('calls of somebody who is logged in, and refused ones, are copied as tests that pass in this project', async () => {
  const user = new AppUser(kit.control, 'oAlice')
  await user.call('login', {})
  expect(await copy('refused')).toContain("reason: 'PHONE_REQUIRED'")
  const { code } = await kit.control.post('phone-code', { openid: 'oAlice' })
  await user.call('login', { phoneCode: code, consent: { version: CONSENT } })
  await user.logInSilently(undefined)
  await user.callOrThrow('trips', { action: 'save', key: 'a-trip-of-alice', city: '大理', days: 3 })
  await user.callOrThrow('trips', { action: 'list' })
  const text = await copy('logged-in')
  expect(text).toContain("phoneCode: await cloud.phoneCode('oAlice')")
  expect(text).toContain("city: '大理'")
  expect(text).not.toContain(user.token)
  await user.call('checkToken', {}, 'tampered')
  expect(await copy('tampered')).toContain("reason: 'TOKEN_MALFORMED'")

  const vitest = projectPath('node_modules/vitest/vitest.mjs')
  const command = [vitest, 'run', '--root', folder, '--maxWorkers=1']
  const { stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: projectPath('.'),
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  expect(stdout, stderr).toMatch(/Tests +3 passed \(3\)/)
}, 180_000)
