import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import type { ControlClient } from 'wechat-cloud-emulator/control'
import { AppError } from '../../../cloudfunctions/shared/core/app-error.ts'
import { deriveKeys, type Keys } from '../../../cloudfunctions/shared/crypto/keys.ts'
import { readSecrets } from '../../../cloudfunctions/shared/crypto/secrets.ts'
import type { AdminRole } from '../../../contract/admin.ts'
import { localSecrets } from '../keys/local-secrets.ts'
import { fail, projectPath } from '../project.ts'
import { makeAdminToken, openSealedPhone } from './admin-token.ts'

export interface TokenOptions {
  /** Of the administrator, for `audit_logs`. */
  name: string
  /** What it permits. */
  may: readonly AdminRole[]
  /** For the embedded cloud, even if there is a `.env`. */
  isLocal: boolean
  /** Of the embedded cloud. */
  dataDirectory: string
  /** The embedded cloud, if it is running. Its clock may differ. */
  running: ControlClient | undefined
}

/**
 * Prints a token of the deployment, or of the embedded cloud if `isLocal` or if there is no `.env`. Explains its use on
 * stderr.
 */
export async function printToken({
  name,
  may,
  isLocal,
  dataDirectory,
  running,
}: TokenOptions): Promise<void> {
  const hasDeployment = existsSync(projectPath('.env'))
  if (!isLocal && !hasDeployment && !existsSync(localFile(dataDirectory))) failWithoutEnv()
  const ofDeployment = hasDeployment && !isLocal
  const variables = ofDeployment ? readDeployedVariables() : { ...localSecrets(dataDirectory) }
  const clock = ofDeployment ? undefined : await running?.get('clock')
  const now = clock === undefined ? Date.now() : Date.parse(clock.now)
  console.log(explaining(() => makeAdminToken(variables, name, now, may)))
  console.error(
    `权限 may: ${may.join(', ')}。十分钟内有效，请勿外传 · good for ten minutes; give it to nobody`,
  )
  console.error(
    ofDeployment
      ? '用于线上环境的云端测试；本机演练用 --local · for 云端测试 of the deployment; to rehearse on this machine: --local'
      : '只用于本机的云环境 · for the cloud of this machine alone',
  )
}

/** Decrypts a number with the keys on this machine that its token was made with, and prints it. */
export function openWithLocalKeys(text: string, dataDirectory: string): void {
  const sealed = text.trim().replaceAll(/^"|"$/g, '')
  const phone = rings(dataDirectory)
    .map((variables) => explaining(() => openSealedPhone(variables, sealed)))
    .find((opened) => opened !== undefined)
  if (phone === undefined) {
    fail(
      '打不开：不是 reveal 的 sealedPhone，或令牌是用别的密钥生成的，请在生成令牌的机器上打开 · cannot be opened: it is no sealedPhone of reveal, or its token was made with other keys; open it on the machine that made the token',
    )
  }
  console.log(phone)
}

function rings(dataDirectory: string): Record<string, string | undefined>[] {
  return [
    ...(existsSync(projectPath('.env')) ? [readDeployedVariables()] : []),
    ...(existsSync(localFile(dataDirectory)) ? [{ ...localSecrets(dataDirectory) }] : []),
  ]
}

/**
 * The keys of the deployment, or of the embedded cloud. Missing or malformed secrets end the program with one line.
 * @param isLocal the embedded cloud's
 * @param file of the deployment's variables
 */
export function readKeys(isLocal: boolean, dataDirectory: string, file = projectPath('.env')): Keys {
  const variables = isLocal ? { ...localSecrets(dataDirectory) } : readDeployedVariables(file)
  return explaining(() => deriveKeys(readSecrets(variables)))
}

/** The variables of the deployment. Ends the program if there are none. */
export function readDeployedVariables(file = projectPath('.env')): Record<string, string | undefined> {
  if (!existsSync(file)) failWithoutEnv()
  return parseEnv(readFileSync(file, 'utf8')) as Record<string, string | undefined>
}

function failWithoutEnv(): never {
  fail('没有 .env，请先 npm run secrets · there is no .env: npm run secrets first')
}

function localFile(dataDirectory: string): string {
  return join(dataDirectory, 'secrets.env')
}

/** Runs something; missing or malformed secrets end the program with one line that names them. */
function explaining<Value>(make: () => Value): Value {
  try {
    return make()
  } catch (error) {
    if (error instanceof AppError) fail(`.env: ${error.log ?? error.reason}`)
    throw error
  }
}
