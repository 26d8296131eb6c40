/**
 * `npm run admin`: an administrator's work from the terminal, on the cloud of this machine, running (`--port N`, 5270) or not
 * (`--data DIR`, .cloud/), or with `--cloud` on the deployed one, by the CloudBase CLI that is signed in. `token` makes a
 * token for 云端测试 with the keys of `.env`, or for this machine with `--local`; `open` decrypts an answer of `reveal`.
 * On a terminal it prints lines for people, else JSON; `--json` and `--text` say which.
 */
import { resolve } from 'node:path'
import { ControlClient } from 'wechat-cloud-emulator/control'
import { type AdminCloud, AdminFailure, type Administrator } from './lib/admin/admin-cloud.ts'
import { administratorName } from './lib/admin/administrator-name.ts'
import { COMMANDS, type CommandName, USAGE } from './lib/admin/commands.ts'
import { deployedCloud } from './lib/admin/deployed-cloud.ts'
import { embeddedCloud } from './lib/admin/embedded-cloud.ts'
import { openWithLocalKeys, printToken, readDeployedVariables } from './lib/admin/local-keys.ts'
import { readRoles } from './lib/admin/roles.ts'
import { readArguments } from './lib/arguments.ts'
import { ensureCollections } from './lib/cloud/ensure-collections.ts'
import { openCloud, parsePort } from './lib/cloud/open-cloud.ts'
import { fail, projectPath } from './lib/project.ts'
import { readSettings } from './lib/settings.ts'

const { values, positionals } = readArguments(USAGE, {
  allowPositionals: true,
  options: {
    name: { type: 'string' },
    reason: { type: 'string' },
    may: { type: 'string', default: 'look,act' },
    cloud: { type: 'boolean', default: false },
    local: { type: 'boolean', default: false },
    port: { type: 'string', default: '5270' },
    data: { type: 'string' },
    map: { type: 'string', multiple: true },
    'dry-run': { type: 'boolean', default: false },
    from: { type: 'string' },
    yes: { type: 'boolean', default: false },
    nickname: { type: 'string' },
    device: { type: 'string' },
    status: { type: 'string' },
    'last-login': { type: 'string' },
    created: { type: 'string' },
    limit: { type: 'string', default: '20' },
    cursor: { type: 'string' },
    act: { type: 'string' },
    day: { type: 'string' },
    json: { type: 'boolean', default: false },
    text: { type: 'boolean', default: false },
  },
})
const [typed = '', ...subjects] = positionals
const dataDirectory = values.data === undefined ? projectPath('.cloud') : resolve(values.data)
const name = administratorName(values.name)
const output = values.json || !(values.text || process.stdout.isTTY) ? 'json' : 'text'

if (!Object.hasOwn(COMMANDS, typed)) fail(USAGE)
const { least, most, isForMany = false, run } = COMMANDS[typed as CommandName]
// An option that would be ignored could be the one that was to keep people from harm.
if (values.from !== undefined && !isForMany) fail(`${typed}: --from ✗\n${USAGE}`)
if (values['dry-run'] && !isForMany && typed !== 'import') fail(`${typed}: --dry-run ✗\n${USAGE}`)
if (subjects.length < (values.from === undefined ? least : 0)) fail(USAGE)
if (subjects.length > (values.from === undefined ? most : 0)) {
  fail(
    `${typed}: 参数太多（有空格的号码请加引号） · too many words (quote a number that has spaces): ${subjects.length}\n${USAGE}`,
  )
}

if (typed === 'token') {
  const isLocal = values.local || values.data !== undefined
  const may = readRoles(values.may)
  await printToken({ name, may, isLocal, dataDirectory, running: await runningCloud() })
} else if (typed === 'open') openWithLocalKeys(subjects[0] ?? '', dataDirectory)
else await withCloud((cloud) => perform(cloud))

async function perform(cloud: AdminCloud): Promise<void> {
  const { reason } = values
  const administrator: Administrator = { cloud, name, ...(reason === undefined ? {} : { reason }) }
  try {
    await run?.(administrator, { ...values, subjects, output })
  } catch (error) {
    if (!(error instanceof AdminFailure)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

/** On the deployed cloud, or that of this machine: the one that is running, or its folder. */
async function withCloud(use: (cloud: AdminCloud) => Promise<void>): Promise<void> {
  if (values.cloud) {
    if (values.local || values.data !== undefined) fail('--cloud: --local, --data ✗')
    const { cloudEnv } = readSettings()
    if (cloudEnv === undefined)
      fail('请先 npm run setup：没有云环境 ID · run that first: no environment is set')
    return use(deployedCloud(cloudEnv, readDeployedVariables()))
  }
  const running = await runningCloud()
  if (running) return use(embeddedCloud(running, dataDirectory))
  const cloud = await openCloud({ dataDirectory, port: 0 })
  ensureCollections(cloud)
  try {
    await use(embeddedCloud(new ControlClient(cloud.controlUrl), dataDirectory))
  } finally {
    await cloud.close()
  }
}

async function runningCloud(): Promise<ControlClient | undefined> {
  const client = new ControlClient(`http://127.0.0.1:${parsePort(values.port)}/control`)
  return client.get('clock').then(
    () => client,
    () => undefined,
  )
}
