import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answer } from '../contract/answer.ts'
import type { CheckTokenData } from '../contract/check-token.ts'
import type { CurrentConsentVersion } from '../contract/consent.ts'
import type { LoginData } from '../contract/login.ts'
import { type Cloud, type CloudOptions, startCloud } from '../emulator/cloud/cloud.ts'
import { NOTHING_PACKAGED } from '../scripts/build-functions.ts'
import { ControlClient } from '../scripts/control-client.ts'
import { ensureCollections } from '../scripts/ensure-collections.ts'
import { makeSecrets } from '../scripts/make-secrets.ts'
import { projectPath } from '../scripts/project.ts'

export const CONSENT: CurrentConsentVersion = '2026-11-01'

export type FunctionCall = { result?: unknown; requestID?: string; errCode?: number; errMsg?: string }

type KitOptions = Partial<CloudOptions> & { arePackaged?: true }

/** An embedded cloud of a test's own, with the functions of dist/ and an empty data folder. */
export class CloudKit {
  readonly cloud: Cloud
  readonly control: ControlClient
  readonly directory: string

  /** Environment variables the functions were given. */
  readonly variables: Readonly<Record<string, string>>

  private constructor(cloud: Cloud, directory: string, variables: Readonly<Record<string, string>>) {
    this.variables = variables
    this.cloud = cloud
    this.control = new ControlClient(cloud.controlUrl)
    this.directory = directory
  }

  /**
   * @param options change what the cloud is started with; the collections are made as an admin would. With
   * `arePackaged` each function has the variables of its own env.json, and none besides
   */
  static async start({ arePackaged, ...options }: KitOptions = {}): Promise<CloudKit> {
    const directory = options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'cloud-'))
    const variables = arePackaged ? {} : { ...NOTHING_PACKAGED, ...(options.variables ?? makeSecrets()) }
    const cloud = await startCloud({
      dataDirectory: directory,
      outlivesMachine: false,
      functionsDirectory: projectPath('dist/cloudfunctions'),
      ...scanLimit(),
      ...options,
      variables,
    })
    ensureCollections(cloud)
    return new CloudKit(cloud, directory, variables)
  }

  async stop(): Promise<void> {
    await this.cloud.close()
    rmSync(this.directory, { recursive: true, force: true })
  }

  /** A tap on the phone button, allowed. */
  async phoneCode(openid: string, phoneNumber?: string): Promise<string> {
    const tap = phoneNumber === undefined ? { openid } : { openid, phoneNumber }
    return (await this.control.post<{ code: string }>('phone-code', tap)).code
  }

  /** Calls a function as the mini-program of this person; without an openid, as the console does. */
  invoke(name: string, openid: string | undefined, data: unknown): Promise<FunctionCall> {
    return this.control.post('invoke', { function: name, data, ...(openid === undefined ? {} : { openid }) })
  }

  async call<Data>(name: string, openid: string | undefined, data: unknown): Promise<Answer<Data>> {
    const { result, errMsg } = await this.invoke(name, openid, data)
    if (errMsg !== undefined) throw new Error(errMsg)
    return result as Answer<Data>
  }

  login(openid: string | undefined, data: unknown): Promise<Answer<LoginData>> {
    return this.call('login', openid, data)
  }

  checkToken(openid: string | undefined, data: unknown): Promise<Answer<CheckTokenData>> {
    return this.call('checkToken', openid, data)
  }

  /** A first login with a phone code and consent; fails the test unless it succeeds. */
  async loginWithCode(openid: string, phoneNumber?: string): Promise<LoginData> {
    const phoneCode = await this.phoneCode(openid, phoneNumber)
    return succeeded(await this.login(openid, { phoneCode, consent: { version: CONSENT } }))
  }

  /** The documents of `users`, as they are stored. */
  users(): Record<string, unknown>[] {
    return this.documents('users')
  }

  /** The documents of a collection, as they are stored. */
  documents(collection: string): Record<string, unknown>[] {
    return this.cloud.database.documents(collection, { limit: 1000 })
  }

  /** What `audit_logs` says of this person, oldest first. */
  async acts(openid: string): Promise<unknown[]> {
    const userId = this.users().find((user) => user['openid'] === openid)?.['_id']
    const rows = this.documents('audit_logs').filter((row) => row['userId'] === userId)
    return rows.sort((a, b) => Number(a['at']) - Number(b['at'])).map((row) => row['act'])
  }

  /** How many round trips one call takes one after another. */
  async sequentialRoundTrips(call: () => Promise<unknown>): Promise<number> {
    await call()
    return (await this.lastCall()).sequentialRoundTrips
  }

  /** The latest call in the log. */
  async lastCall(): Promise<LoggedCall> {
    const { calls } = await this.control.get<{ calls: LoggedCall[] }>('calls?limit=1')
    const [call] = calls
    if (!call) throw new Error('no call yet')
    return call
  }
}

/**
 * The collections of tests are small, and those of a service are not: so a query that no index serves is refused. Another
 * number in `MAXIMUM_SCANNED_DOCUMENTS`, or none (`off`).
 */
function scanLimit(): Pick<CloudOptions, 'maximumScannedDocuments'> {
  const text = process.env['MAXIMUM_SCANNED_DOCUMENTS'] ?? '100'
  if (text === 'off') return {}
  if (!/^\d+$/.test(text)) throw new Error(`MAXIMUM_SCANNED_DOCUMENTS=${text} is no number of documents`)
  return { maximumScannedDocuments: Number(text) }
}

export interface LoggedCall {
  functionName: string
  sequentialRoundTrips: number
  roundTrips: { action: string; target: string; code?: string }[]
  logs: { level: string; text: string }[]
  coldStart: boolean
}

export function succeeded<Data>(answer: Answer<Data>): Data {
  if (answer.code !== 200) throw new Error(`${answer.code} ${answer.reason} ${answer.message}`)
  return answer.data
}

/** `"<code> <reason>"` of a refusal, `"200"` of a success. */
export function verdict(answer: Answer<unknown>): string {
  return answer.code === 200 ? '200' : `${answer.code} ${answer.reason}`
}
