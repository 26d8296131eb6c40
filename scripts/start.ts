/**
 * `npm start`: builds the functions, starts the embedded cloud, logs one user in on the terminal and stays up.
 * `-- --port N` (5270), `-- --data DIR` (.cloud/), `-- --reset` to forget what was kept.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BuildError, buildFunctions } from './build-functions.ts'
import { ControlClient } from './control-client.ts'
import { ensureCollections } from './ensure-collections.ts'
import { closeAtExit, openCloud, parsePort } from './open-cloud.ts'
import { giveUp, projectPath } from './project.ts'
import { walkOneLogin } from './walk.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '5270' },
    data: { type: 'string' },
    reset: { type: 'boolean', default: false },
  },
})

try {
  await buildFunctions({ source: projectPath('cloudfunctions'), target: projectPath('dist/cloudfunctions') })
} catch (error) {
  if (!(error instanceof BuildError)) throw error
  giveUp(error.message)
}

const dataDirectory = values.data === undefined ? projectPath('.cloud') : resolve(values.data)
const cloud = await openCloud({ dataDirectory, port: parsePort(values.port) })
closeAtExit(cloud)
const control = new ControlClient(cloud.controlUrl)
if (values.reset) await control.post('reset')
ensureCollections(cloud)
try {
  await walkOneLogin(control, console.log)
} catch (error) {
  await cloud.close()
  giveUp(`登录演示失败 · the walk failed at ${(error as Error).message}`)
}
console.log(`
云环境已就绪，按 Ctrl-C 结束 · the cloud stays up until Ctrl-C
  SDK      ${cloud.sdkUrl}
  control  ${cloud.controlUrl}   （GET …/collections, …/calls, POST …/invoke — see emulator/cloud/README.md）
  data     ${dataDirectory}`)
