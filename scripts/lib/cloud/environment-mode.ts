import { spawn } from 'node:child_process'

/**
 * `classic`: a document database, as WeChat DevTools makes it. `pg`: PostgreSQL with the document database as a plugin, as
 * Tencent's console makes new ones since 2026-10-30. It is chosen at creation and never changes.
 */
export type EnvironmentMode = 'classic' | 'pg'
export const MODES: readonly EnvironmentMode[] = ['classic', 'pg']

/** The documented way to tell (https://docs.cloudbase.net/quick-start/env-overview): `PostgreSQL` of `EnvInfo` is filled. */
const ASK = ['api', 'tcb', 'DescribeEnvs', '--json']
export const ASK_COMMAND = `tcb ${ASK.join(' ')}`

const PATIENCE_MILLISECONDS = 20_000

/**
 * The mode of an environment in an answer of DescribeEnvs, however deep it lies there.
 * @returns undefined if the environment is not in it
 */
export function modeIn(answer: unknown, cloudEnv: string): EnvironmentMode | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined
  const fields = answer as Record<string, unknown>
  if (fields['EnvId'] === cloudEnv) {
    const instances = fields['PostgreSQL']
    return Array.isArray(instances) && instances.length > 0 ? 'pg' : 'classic'
  }
  for (const field of Object.values(fields)) {
    const mode = modeIn(field, cloudEnv)
    if (mode) return mode
  }
  return undefined
}

export type ModeAnswer = { mode: EnvironmentMode } | { problem: string }

/** Asks the CloudBase CLI that is installed and signed in on this machine. One request, which changes nothing. */
export async function askMode(cloudEnv: string): Promise<ModeAnswer> {
  const output = await run()
  if (output === undefined) {
    return {
      problem: 'CloudBase CLI 3.0+ 没有安装或没有登录 · is not installed, or not signed in: tcb login',
    }
  }
  const mode = modeIn(jsonIn(output), cloudEnv)
  if (mode) return { mode }
  return {
    problem: `当前登录的账号里没有 ${cloudEnv} · the account that is signed in has no such environment`,
  }
}

/** The CLI may print a banner around its JSON. */
function jsonIn(output: string): unknown {
  try {
    return JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1))
  } catch {
    return undefined
  }
}

function run(): Promise<string | undefined> {
  // On Windows it is a script that only a shell finds. No argument needs quotes.
  const shell = process.platform === 'win32'
  const child = spawn('tcb', ASK, {
    stdio: ['ignore', 'pipe', 'ignore'],
    shell,
    timeout: PATIENCE_MILLISECONDS,
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  return new Promise((resolve) => {
    child.on('close', (code) => resolve(code === 0 ? output : undefined))
    child.on('error', () => resolve(undefined))
  })
}
