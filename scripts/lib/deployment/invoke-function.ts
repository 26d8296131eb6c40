import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runNpx } from './npx.ts'
import { CLOUDBASE_CLI } from './tools.ts'

/**
 * Calls a deployed function by the CloudBase CLI that is signed in on this machine.
 * @param cloudEnv the environment's id
 * @returns the CLI's exit code, and what it has printed, which may hold the log of the function
 */
export function invokeFunction(
  cloudEnv: string,
  name: string,
  event: object,
): Promise<{ code: number; output: string }> {
  return withParameters(cloudEnv, { name, params: event }, (file) => {
    const args = ['fn', 'invoke', name, '-e', cloudEnv, '--config-file', file]
    return runNpx({ package: CLOUDBASE_CLI, program: 'tcb', args }, { isQuiet: true })
  })
}

/**
 * The CLI takes what it calls a function with from its configuration, so that neither a token nor a phone number stands
 * in the list of processes. Only the user of this machine may read the file, and it is gone when the call has ended.
 */
async function withParameters<Result>(
  cloudEnv: string,
  call: { name: string; params: object },
  run: (file: string) => Promise<Result>,
): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'function-call-'))
  const remove = () => rmSync(directory, { recursive: true, force: true })
  const interrupt = () => process.exit(130)
  process.once('exit', remove).once('SIGINT', interrupt).once('SIGTERM', interrupt)
  try {
    const file = join(directory, 'cloudbaserc.json')
    const configuration = { version: '2.0', envId: cloudEnv, functionRoot: '.', functions: [call] }
    // `{{…}}` is a variable to the CLI; in our JSON it can only be a part of a text.
    const text = JSON.stringify(configuration).replaceAll('{{', String.raw`{\u007b`)
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' })
    return await run(file)
  } finally {
    process.off('exit', remove).off('SIGINT', interrupt).off('SIGTERM', interrupt)
    remove()
  }
}
