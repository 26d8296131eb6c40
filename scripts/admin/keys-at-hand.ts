import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { AppError } from '../../cloudfunctions/shared/app-error.ts'
import { makeAdminToken, openSealedPhone } from '../admin-token.ts'
import type { ControlClient } from '../control-client.ts'
import { localSecrets } from '../local-secrets.ts'
import { giveUp, projectPath } from '../project.ts'

export interface TokenOptions {
  /** Of the administrator, as `audit_logs` is to have it. */
  name: string
  /** For the embedded cloud, whatever `.env` there is. */
  isLocal: boolean
  /** Of the embedded cloud. */
  dataDirectory: string
  /** The embedded cloud, if it is running: its clock may have been moved. */
  running: ControlClient | undefined
}

/**
 * Prints a token: of the deployment, or of the embedded cloud where that is meant or there is no `.env`. What it is good
 * for is said beside it, on stderr.
 */
export async function printToken({ name, isLocal, dataDirectory, running }: TokenOptions): Promise<void> {
  const hasDeployment = existsSync(projectPath('.env'))
  if (!isLocal && !hasDeployment && !existsSync(localFile(dataDirectory)))
    giveUp('没有 .env，请先 npm run secrets · there is no .env: npm run secrets first')
  const ofDeployment = hasDeployment && !isLocal
  const variables = ofDeployment ? readDeployment() : { ...localSecrets(dataDirectory) }
  const clock = ofDeployment ? undefined : await running?.get<{ now: string }>('clock')
  const now = clock === undefined ? Date.now() : Date.parse(clock.now)
  console.log(explaining(() => makeAdminToken(variables, name, now)))
  console.error('十分钟内有效，请勿外传 · good for ten minutes; give it to nobody')
  console.error(
    ofDeployment
      ? '用于线上环境的云端测试；本机演练用 --local · for 云端测试 of the deployment; to rehearse on this machine: --local'
      : '只用于本机的云环境 · for the cloud of this machine alone',
  )
}

/** Prints the number, opened with whichever keys of this machine its token was made with. */
export function openWithAny(text: string, dataDirectory: string): void {
  const sealed = text.trim().replaceAll(/^"|"$/g, '')
  const phone = rings(dataDirectory)
    .map((variables) => explaining(() => openSealedPhone(variables, sealed)))
    .find((opened) => opened !== undefined)
  if (phone === undefined) {
    giveUp(
      '打不开：不是 reveal 的 sealedPhone，或令牌是用别的密钥生成的，请在生成令牌的机器上打开 · cannot be opened: it is no sealedPhone of reveal, or its token was made with other keys; open it on the machine that made the token',
    )
  }
  console.log(phone)
}

function rings(dataDirectory: string): Record<string, string | undefined>[] {
  return [
    ...(existsSync(projectPath('.env')) ? [readDeployment()] : []),
    ...(existsSync(localFile(dataDirectory)) ? [{ ...localSecrets(dataDirectory) }] : []),
  ]
}

function readDeployment(): Record<string, string | undefined> {
  return parseEnv(readFileSync(projectPath('.env'), 'utf8')) as Record<string, string | undefined>
}

function localFile(dataDirectory: string): string {
  return join(dataDirectory, 'secrets.env')
}

/** Secrets that are missing or malformed end the program with one line on which. */
function explaining<Value>(make: () => Value): Value {
  try {
    return make()
  } catch (error) {
    if (error instanceof AppError) giveUp(`.env: ${error.log ?? error.reason}`)
    throw error
  }
}
