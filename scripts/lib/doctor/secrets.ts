import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCloud } from 'wechat-cloud-emulator'
import { ControlClient } from 'wechat-cloud-emulator/control'
import type { Answer } from '../../../contract/answer.ts'
import { ensureCollections } from '../cloud/ensure-collections.ts'
import { projectPath } from '../project.ts'
import { error, type Finding, ok, warning } from './finding.ts'

const ABOUT = '密钥 · secrets'

/**
 * Calls the built `login` in an embedded cloud to check the secrets it was built with. Its log says what is wrong with
 * them, and never contains them.
 * @param functionsDirectory functions built with `.env`
 * @param areInConsole the developer keeps the secrets in the console's environment variables alone
 */
export async function checkSecrets(functionsDirectory: string, areInConsole: boolean): Promise<Finding[]> {
  if (areInConsole)
    return [ok(ABOUT, '在云开发控制台，此处无法检查 · in the cloud console, not to be seen from here')]
  if (!existsSync(projectPath('.env'))) {
    const todo =
      'npm run setup；如果密钥只设在云开发控制台，用 npm run doctor -- --secrets-in-console · if they are set in the cloud console alone, say so with that flag'
    return [error(ABOUT, '没有 .env · there is no .env', todo)]
  }
  const complaint = await complaintOf(functionsDirectory)
  const finding = complaint
    ? error(ABOUT, complaint, 'npm run secrets')
    : ok(ABOUT, '云函数接受 · the functions take them')
  return [finding, ...openFile()]
}

async function complaintOf(functionsDirectory: string): Promise<string | undefined> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'doctor-'))
  const cloud = await startCloud({ dataDirectory, functionsDirectory })
  try {
    ensureCollections(cloud)
    const control = new ControlClient(cloud.controlUrl)
    const call = { function: 'login', openid: 'oDoctor-000000000000000001', data: {} }
    const { result, errMsg } = (await control.post('invoke', call)) as {
      result?: Answer<unknown>
      errMsg?: string
    }
    if (result && result.code !== 500) return undefined
    const { calls } = await control.get('calls?limit=1')
    const said = calls[0]?.logs.filter(({ isLocal }) => !isLocal).map(({ text }) => text)
    return said?.join(' ') || errMsg || 'login answered 500'
  } finally {
    await cloud.close()
    rmSync(dataDirectory, { recursive: true, force: true })
  }
}

function openFile(): Finding[] {
  const othersMayRead = process.platform !== 'win32' && (statSync(projectPath('.env')).mode & 0o077) !== 0
  if (!othersMayRead) return []
  return [warning('.env', '本机其他用户可以读取 · other users of this machine may read it', 'chmod 600 .env')]
}
