/** The command of the packed package: `npx ./wechat-phone-login-….tgz add`, in the folder of an app. */
import { readFileSync } from 'node:fs'
import { fail } from '../../project.ts'
import { runAdd } from '../add-command.ts'
import type { Payload } from '../payload/payload.ts'
import { leastNodeLine } from './least-node.ts'

const COMMAND = 'npx wechat-phone-login add'
/** Beside the bundle of this file. */
const PAYLOAD = new URL('./payload.json', import.meta.url)

const tooOld = leastNodeLine(process.versions.node)
if (tooOld !== undefined) fail(tooOld)
const [action] = process.argv.splice(2, 1)
if (action !== 'add')
  fail(`${COMMAND} [--help]   把登录加进这个文件夹里的小程序 · adds the login to the mini-program here`)
await runAdd({ command: COMMAND, folder: '.', payload: async () => readPayload() })

function readPayload(): Payload {
  return JSON.parse(readFileSync(PAYLOAD, 'utf8')) as Payload
}
