/**
 * `npm run admin -- token [--name NAME]`: a token for the cloud console's 云端测试 of `admin`, made with the keys of `.env`;
 * `--local` (or `--data DIR`) makes one for the embedded cloud. `npm run admin -- open <sealedPhone>` opens what
 * `reveal` answered there. `npm run admin -- find|reveal|disable|enable|stats …`: the same acts on the embedded cloud,
 * running (`--port N`, 5270) or not; `--data DIR` (.cloud/) says whose keys and data. Several users at once are changed
 * all or none.
 */
import { resolve } from 'node:path'
import { openWithAny, printToken } from './admin/keys-at-hand.ts'
import { type Act, performOnAll } from './admin/perform.ts'
import { readArguments } from './arguments.ts'
import { ControlClient } from './control-client.ts'
import { ensureCollections } from './ensure-collections.ts'
import { openCloud, parsePort } from './open-cloud.ts'
import { giveUp, projectPath } from './project.ts'

const USAGE = `npm run admin -- token [--name NAME] [--local]
npm run admin -- open <sealedPhone>
npm run admin -- find <手机号 phone or user id>
npm run admin -- reveal|disable|enable <user id>… --reason <原因>
npm run admin -- stats`

const { values, positionals } = readArguments(USAGE, {
  allowPositionals: true,
  options: {
    name: { type: 'string', default: process.env['USER'] ?? 'admin' },
    reason: { type: 'string' },
    local: { type: 'boolean', default: false },
    port: { type: 'string', default: '5270' },
    data: { type: 'string' },
  },
})
const name = values.name.replaceAll(/[^\w.@-]/g, '-').slice(0, 64) || 'admin'
const [act = '', ...subjects] = positionals
const dataDirectory = values.data === undefined ? projectPath('.cloud') : resolve(values.data)

/** How many words may follow each act. */
const SUBJECTS: Readonly<Record<string, { least: number; most: number }>> = {
  token: { least: 0, most: 0 },
  open: { least: 1, most: 1 },
  find: { least: 1, most: 1 },
  reveal: { least: 1, most: Number.POSITIVE_INFINITY },
  disable: { least: 1, most: Number.POSITIVE_INFINITY },
  enable: { least: 1, most: Number.POSITIVE_INFINITY },
  stats: { least: 0, most: 0 },
}

const allowed = Object.hasOwn(SUBJECTS, act) ? SUBJECTS[act] : undefined
if (!allowed || subjects.length < allowed.least) giveUp(USAGE)
if (subjects.length > allowed.most) {
  giveUp(
    `${act}: 参数太多（有空格的号码请加引号） · too many words (quote a number that has spaces): ${subjects.length}\n${USAGE}`,
  )
}

if (act === 'token') {
  const isLocal = values.local || values.data !== undefined
  await printToken({ name, isLocal, dataDirectory, running: await runningCloud() })
} else if (act === 'open') openWithAny(subjects[0] ?? '', dataDirectory)
else await perform(act as Act)

async function perform(act: Act): Promise<void> {
  const { reason } = values
  const asked = { act, subjects, name, dataDirectory, ...(reason === undefined ? {} : { reason }) }
  const running = await runningCloud()
  if (running) return performOnAll(running, asked)
  const cloud = await openCloud({ dataDirectory, port: 0 })
  ensureCollections(cloud)
  try {
    await performOnAll(new ControlClient(cloud.controlUrl), asked)
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
