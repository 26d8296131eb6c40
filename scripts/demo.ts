/**
 * `npm run demo`: logs one user in on the terminal, step by step, and ends. The cloud is an embedded one with its own
 * data; `-- --data DIR` keeps it, so that the user is known the next time.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ControlClient } from 'wechat-cloud-emulator/control'
import { readArguments } from './lib/arguments.ts'
import { buildProjectOrFail } from './lib/build/build-project.ts'
import { ensureCollections } from './lib/cloud/ensure-collections.ts'
import { openCloud } from './lib/cloud/open-cloud.ts'
import { demonstrateLogin } from './lib/demo/login-demo.ts'
import { fail } from './lib/project.ts'

const { values } = readArguments('npm run demo [-- --data DIR]', { options: { data: { type: 'string' } } })

await buildProjectOrFail()

const kept = values.data === undefined ? undefined : resolve(values.data)
const dataDirectory = kept ?? mkdtempSync(join(tmpdir(), 'walk-'))
const cloud = await openCloud({ dataDirectory, port: 0 })
ensureCollections(cloud)
const control = new ControlClient(cloud.controlUrl)
// The timer of a deployed environment has run and made the day's counters.
await control.post('timer', { function: 'cleanup' })
const failure = await demonstrateLogin(control, console.log).catch((error: Error) => error)
await cloud.close()
if (kept === undefined) rmSync(dataDirectory, { recursive: true, force: true })
if (failure) fail(`登录演示失败 · the walk failed at ${failure.message}`)
