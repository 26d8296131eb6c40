import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adviceFor } from '../deployment/failure.ts'
import { runNpx } from '../deployment/npx.ts'
import { CLOUDBASE_CLI } from '../deployment/tools.ts'
import { type AdminCloud, AdminFailure } from './admin-cloud.ts'
import type { Variables } from './admin-token.ts'
import { answerIn } from './printed-answer.ts'

/**
 * The cloud of the deployment, by the CloudBase CLI that is signed in to it on this machine.
 * @param cloudEnv the environment's id
 * @param variables LOGIN_SECRETS and INDEX_SECRET of the deployment
 */
export function deployedCloud(cloudEnv: string, variables: Variables): AdminCloud {
  return {
    variables,
    now: async () => Date.now(),
    invoke: (event) => withParameters(cloudEnv, event, (file) => invoke(cloudEnv, file)),
  }
}

async function invoke(cloudEnv: string, file: string) {
  const args = ['fn', 'invoke', 'admin', '-e', cloudEnv, '--config-file', file]
  const { code, output } = await runNpx({ package: CLOUDBASE_CLI, program: 'tcb', args }, { isQuiet: true })
  const result = answerIn(output)
  // What the CLI has printed is not shown: it may hold the log of the function.
  if (!result) throw new AdminFailure(`没有取到答案（${code}） · no answer → ${adviceFor(output)}`)
  return { result }
}

/**
 * The CLI takes what it calls a function with from its configuration, so that neither the token nor a phone number stands
 * in the list of processes. Only the user of this machine may read the file, and it is gone when the call has ended.
 */
async function withParameters<Result>(
  cloudEnv: string,
  event: object,
  run: (file: string) => Promise<Result>,
): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'admin-call-'))
  const remove = () => rmSync(directory, { recursive: true, force: true })
  const interrupt = () => process.exit(130)
  process.once('exit', remove).once('SIGINT', interrupt).once('SIGTERM', interrupt)
  try {
    const file = join(directory, 'cloudbaserc.json')
    const functions = [{ name: 'admin', params: event }]
    const configuration = { version: '2.0', envId: cloudEnv, functionRoot: '.', functions }
    // `{{…}}` is a variable to the CLI; in our JSON it can only be a part of a text.
    const text = JSON.stringify(configuration).replaceAll('{{', String.raw`{\u007b`)
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' })
    return await run(file)
  } finally {
    process.off('exit', remove).off('SIGINT', interrupt).off('SIGTERM', interrupt)
    remove()
  }
}
