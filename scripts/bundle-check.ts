import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answer } from '../contract/answer.ts'
import type { CurrentConsentVersion } from '../contract/consent.ts'
import type { LoginData } from '../contract/login.ts'
import { startCloud } from '../emulator/cloud/cloud.ts'
import { ControlClient } from './control-client.ts'
import { ensureCollections } from './ensure-collections.ts'
import { makeSecrets } from './make-secrets.ts'

const OPENID = 'oBundleCheck-00000000000001'
const CONSENT: CurrentConsentVersion = '2026-11-01'

export interface BundleCheckOptions {
  /** Folder with the built functions. */
  functionsDirectory: string
  /** The Node that runs them; this program's own by default. */
  nodeExecutable?: string
}

/** One call and how it ended: undefined when it ended well, else what was wrong with it. */
export interface BundleCall {
  name: string
  failure?: string
}

/**
 * Calls every built function in an embedded cloud of its own: a login with a phone code, a check, a silent login and
 * a logout, one after the other, and each other function once, which must load and give a typed answer.
 */
export async function checkBundles(options: BundleCheckOptions): Promise<BundleCall[]> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'bundles-'))
  const cloud = await startCloud({ ...options, dataDirectory, variables: { ...makeSecrets() } })
  try {
    ensureCollections(cloud)
    return await callAll(new ControlClient(cloud.controlUrl), cloud.catalog.names())
  } finally {
    await cloud.close()
    rmSync(dataDirectory, { recursive: true, force: true })
  }
}

const IN_ORDER = ['login', 'checkToken', 'logout']
/** What a function is asked besides the token, where a token alone would be refused. */
const REQUESTS: Readonly<Record<string, object>> = { trips: { action: 'list' } }

async function callAll(control: ControlClient, names: readonly string[]): Promise<BundleCall[]> {
  const calls: BundleCall[] = []
  const call = async (label: string, name: string, data: object, expected?: number) => {
    const { answer, failure } = await invoke(control, name, data, expected)
    calls.push({ name: label, ...(failure === undefined ? {} : { failure }) })
    return answer
  }
  const { code } = await control.post<{ code: string }>('phone-code', { openid: OPENID })
  const login = { phoneCode: code, consent: { version: CONSENT } }
  const first = await call('login with a phone code', 'login', login, 200)
  const token = first?.code === 200 ? (first.data as LoginData).token : ''
  await call('checkToken', 'checkToken', { token }, 200)
  await call('silent login', 'login', {}, 200)
  for (const name of names.filter((name) => !IN_ORDER.includes(name)))
    await call(name, name, { token, ...REQUESTS[name] })
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
  const { result, errMsg } = await control.post<{ result?: Answer<unknown>; errMsg?: string }>('invoke', call)
  if (!result) return { failure: errMsg ?? 'no answer' }
  const isAsExpected = expected === undefined ? isTyped(result) : result.code === expected
  if (isAsExpected) return { answer: result }
  return { answer: result, failure: `answered ${result.code} ${'reason' in result ? result.reason : ''}` }
}

/** Refusing is an answer; breaking is not. */
function isTyped(answer: Answer<unknown>): boolean {
  return typeof answer.code === 'number' && answer.code !== 500
}
