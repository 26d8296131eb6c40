import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCloud } from 'wechat-cloud-emulator'
import { ControlClient } from 'wechat-cloud-emulator/control'
import { OWNED_COLLECTIONS } from '../../../cloudfunctions/app-config.ts'
import type { Answer } from '../../../contract/answer.ts'
import type { CurrentConsentVersion } from '../../../contract/consent.ts'
import type { LoginData } from '../../../contract/login.ts'
import { ensureCollections } from '../../lib/cloud/ensure-collections.ts'
import { makeSecrets } from '../../lib/keys/make-secrets.ts'

const OPENID = 'oBundleCheck-00000000000001'
const CONSENT: CurrentConsentVersion = '2026-11-28'

export interface BundleCheckOptions {
  /** Folder with the built functions. */
  functionsDirectory: string
  /** The Node that runs them; this program's own by default. */
  nodeExecutable?: string
  /** Folder with auth-guard.js; absent: no function is guarded by it. */
  guardDirectory?: string
  /** The wx-server-sdk of the guarded function: its main file. By default the one that the emulator supplies. */
  guardSdk?: string
}

/** One call and how it ended: `failure` is undefined when it ended well. */
export interface BundleCall {
  name: string
  failure?: string
}

/**
 * Calls every built function in an embedded cloud of its own: a login with a phone code, a check, a silent login and
 * a logout, one after the other, and each other function once, a guarded one among them, which must load and give a typed answer.
 */
export async function checkBundles(options: BundleCheckOptions): Promise<BundleCall[]> {
  const { nodeExecutable } = options
  const stage = mkdtempSync(join(tmpdir(), 'bundles-'))
  const cloud = await startCloud({
    ...(nodeExecutable === undefined ? {} : { nodeExecutable }),
    functionsDirectory: stageFunctions(options, join(stage, 'functions')),
    dataDirectory: join(stage, 'data'),
    variables: { ...makeSecrets() },
  })
  try {
    ensureCollections(cloud)
    return await callAll(new ControlClient(cloud.controlUrl), cloud.catalog.names())
  } finally {
    await cloud.close()
    rmSync(stage, { recursive: true, force: true })
  }
}

/** @returns a folder that has the functions and one that auth-guard.js guards */
function stageFunctions({ functionsDirectory, guardDirectory, guardSdk }: BundleCheckOptions, stage: string) {
  if (guardDirectory === undefined) return functionsDirectory
  cpSync(functionsDirectory, stage, { recursive: true })
  cpSync(guardDirectory, join(stage, GUARDED), { recursive: true })
  const file = join(stage, GUARDED, 'index.js')
  writeFileSync(file, "exports.main = require('./auth-guard.js').guarded(() => 'guarded')\n")
  if (guardSdk !== undefined) {
    const folder = join(stage, GUARDED, 'node_modules/wx-server-sdk')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'index.js'), `module.exports = require(${JSON.stringify(guardSdk)})\n`)
  }
  return stage
}

/** A function that is plain JavaScript with auth-guard.js beside it. */
const GUARDED = 'guarded'
const IN_ORDER = ['login', 'checkToken', 'logout']
/** What a function is asked besides the token, where a token alone would be refused. */
const REQUESTS: Readonly<Record<string, object>> = Object.fromEntries(
  OWNED_COLLECTIONS.map((name) => [name, { action: 'list' }]),
)

async function callAll(control: ControlClient, names: readonly string[]): Promise<BundleCall[]> {
  const calls: BundleCall[] = []
  const call = async (label: string, name: string, data: object, expected?: number) => {
    const { answer, failure } = await invoke(control, name, data, expected)
    calls.push({ name: label, ...(failure === undefined ? {} : { failure }) })
    return answer
  }
  const { code } = await control.post('phone-code', { openid: OPENID })
  const login = { phoneCode: code, consent: { version: CONSENT } }
  const first = await call('login with a phone code', 'login', login, 200)
  const token = first?.code === 200 ? (first.data as LoginData).token : ''
  await call('checkToken', 'checkToken', { token }, 200)
  await call('silent login', 'login', {}, 200)
  for (const name of names.filter((name) => !IN_ORDER.includes(name)))
    await call(name, name, { token, ...REQUESTS[name] }, name === GUARDED ? 200 : undefined)
  await call('logout', 'logout', { token }, 200)
  await call('checkToken after logout', 'checkToken', { token }, 403)
  return calls
}

async function invoke(
  control: ControlClient,
  name: string,
  data: object,
  expected: number | undefined,
): Promise<{ answer?: Answer<unknown>; failure?: string }> {
  const call = { function: name, openid: OPENID, data }
  const { result, errMsg } = (await control.post('invoke', call)) as {
    result?: Answer<unknown>
    errMsg?: string
  }
  if (!result) return { failure: errMsg ?? 'no answer' }
  const isAsExpected = expected === undefined ? isTyped(result) : result.code === expected
  if (isAsExpected) return { answer: result }
  return { answer: result, failure: `answered ${result.code} ${'reason' in result ? result.reason : ''}` }
}

/** Refusing is an answer; breaking is not. */
function isTyped(answer: Answer<unknown>): boolean {
  return typeof answer.code === 'number' && answer.code !== 500
}
