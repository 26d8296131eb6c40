/**
 * `npm run walk`: logs one user in on the terminal, step by step, and ends. The cloud is an embedded one with its own
 * data; `-- --data DIR` keeps it, so that the user is known the next time.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readArguments } from './arguments.ts'
import { buildProjectOrGiveUp } from './build-project.ts'
import { ControlClient } from './control-client.ts'
import { ensureCollections } from './ensure-collections.ts'
import { walkOneLogin } from './login-walk.ts'
import { openCloud } from './open-cloud.ts'
import { giveUp } from './project.ts'

const { values } = readArguments('npm run walk [-- --data DIR]', { options: { data: { type: 'string' } } })

await buildProjectOrGiveUp()

const kept = values.data === undefined ? undefined : resolve(values.data)
const dataDirectory = kept ?? mkdtempSync(join(tmpdir(), 'walk-'))
const cloud = await openCloud({ dataDirectory, port: 0 })
ensureCollections(cloud)
const failure = await walkOneLogin(new ControlClient(cloud.controlUrl), console.log).catch(
  (error: Error) => error,
)
await cloud.close()
if (kept === undefined) rmSync(dataDirectory, { recursive: true, force: true })
if (failure) giveUp(`登录演示失败 · the walk failed at ${failure.message}`)
