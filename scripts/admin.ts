/**
 * `npm run admin -- token [--name NAME]`: a token for the cloud console's 云端测试 of `admin`, made with the keys of `.env`.
 * `npm run admin -- find|reveal|disable|enable|stats …`: the same acts on the embedded cloud, running (`--port N`, 5270)
 * or not; `--data DIR` (.cloud/) says whose keys and data.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { makeAdminToken } from './admin-token.ts'
import { readArguments } from './arguments.ts'
import { ControlClient } from './control-client.ts'
import { ensureCollections } from './ensure-collections.ts'
import { localSecrets } from './local-secrets.ts'
import { openCloud, parsePort } from './open-cloud.ts'
import { giveUp, projectPath } from './project.ts'

const USAGE = `npm run admin -- token [--name NAME]
npm run admin -- find <手机号 phone or user id>
npm run admin -- reveal|disable|enable <user id> --reason <原因>
npm run admin -- stats`

const { values, positionals } = readArguments(USAGE, {
  allowPositionals: true,
  options: {
    name: { type: 'string', default: process.env['USER'] ?? 'admin' },
    reason: { type: 'string' },
    port: { type: 'string', default: '5270' },
    data: { type: 'string' },
  },
})
const name = values.name.replaceAll(/[^\w.@-]/g, '-').slice(0, 64) || 'admin'
const [act = '', subject] = positionals

if (act === 'token') printToken()
else await performAct()

function printToken(): void {
  const file = projectPath('.env')
  if (!existsSync(file)) giveUp('没有 .env，请先 npm run secrets · there is no .env: npm run secrets first')
  console.log(makeAdminToken(parseEnv(readFileSync(file, 'utf8')), name))
  console.error('十分钟内有效，请勿外传 · good for ten minutes; give it to nobody')
}

async function performAct(): Promise<void> {
  const event = eventOf()
  const dataDirectory = values.data === undefined ? projectPath('.cloud') : resolve(values.data)
  const running = await runningCloud()
  if (running) return show(await invoke(running, dataDirectory, event))
  const cloud = await openCloud({ dataDirectory, port: 0 })
  ensureCollections(cloud)
  const answer = await invoke(new ControlClient(cloud.controlUrl), dataDirectory, event)
  await cloud.close()
  show(answer)
}

function eventOf(): Record<string, unknown> {
  const reason = values.reason === undefined ? {} : { reason: values.reason }
  if (act === 'stats') return { action: act }
  if (subject === undefined) giveUp(USAGE)
  if (act === 'find') {
    return {
      action: act,
      ...(subject.startsWith('u_') ? { userId: subject } : { phone: subject }),
      ...reason,
    }
  }
  if (act === 'reveal' || act === 'disable' || act === 'enable')
    return { action: act, userId: subject, ...reason }
  giveUp(USAGE)
}

async function runningCloud(): Promise<ControlClient | undefined> {
  const client = new ControlClient(`http://127.0.0.1:${parsePort(values.port)}/control`)
  return client.get('clock').then(
    () => client,
    () => undefined,
  )
}

interface Answered {
  result?: { code: number }
  errMsg?: string
}

async function invoke(client: ControlClient, dataDirectory: string, event: object): Promise<Answered> {
  const { now } = await client.get<{ now: string }>('clock')
  const token = makeAdminToken({ ...localSecrets(dataDirectory) }, name, Date.parse(now))
  return client.post<Answered>('invoke', { function: 'admin', data: { token, ...event } })
}

function show({ result, errMsg }: Answered): void {
  console.log(JSON.stringify(result ?? { errMsg }, null, 2))
  if (result?.code !== 200) process.exitCode = 1
}
