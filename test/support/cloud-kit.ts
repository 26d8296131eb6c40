import { type Cloud, type CloudOptions, LIMITS } from 'wechat-cloud-emulator'
import { type Document, startTestCloud, TestCloud } from 'wechat-cloud-emulator/testing'
import { quoteThrownErrors } from 'wechat-cloud-emulator/testing/errors'
import { databaseName } from '../../cloudfunctions/shared/database/collection-names.ts'
import { chinaDay, countIdsOf, dayAfter } from '../../cloudfunctions/shared/users/count-days.ts'
import type { Answer } from '../../contract/answer.ts'
import type { CheckTokenData } from '../../contract/check-token.ts'
import type { CurrentConsentVersion } from '../../contract/consent.ts'
import type { LoginData } from '../../contract/login.ts'
import { NOTHING_PACKAGED } from '../../scripts/lib/build/build-functions.ts'
import { ensureCollections } from '../../scripts/lib/cloud/ensure-collections.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { scanLimit } from './scan-limit.ts'
import type { RunningProject } from './start-app.ts'

export const CONSENT: CurrentConsentVersion = '2026-11-28'

export type KitOptions = Partial<CloudOptions> & {
  arePackaged?: true
  /** What the functions call the collections of the database; by default as this project's do. */
  nameOf?: (collection: string) => string
}

/** A cloud of a test's own, with the functions of dist/ and an empty data folder. */
export class CloudKit extends TestCloud {
  /** Environment variables the functions were given. */
  readonly variables: Readonly<Record<string, string>>
  readonly #nameOf: (collection: string) => string

  private constructor(
    cloud: Cloud,
    directory: string,
    { variables, nameOf }: Pick<CloudKit, 'variables'> & Required<Pick<KitOptions, 'nameOf'>>,
  ) {
    super(cloud, directory)
    this.variables = variables
    this.#nameOf = nameOf
  }

  /**
   * @param options change what the cloud is started with; the collections are made as an admin would. With
   * `arePackaged` each function has the variables of its own env.json, and none besides
   */
  static async start({ arePackaged, nameOf = databaseName, ...options }: KitOptions = {}): Promise<CloudKit> {
    const variables = arePackaged ? {} : { ...NOTHING_PACKAGED, ...(options.variables ?? makeSecrets()) }
    const folders = {
      functionsDirectory: projectPath('dist/cloudfunctions'),
      projectDirectory: projectPath('.'),
    }
    const [cloud, directory] = await startTestCloud({
      ...folders,
      ...scanLimit(),
      ...options,
      variables,
    })
    ensureCollections(cloud, nameOf)
    makeCounters(cloud, nameOf)
    quoteThrownErrors(cloud)
    return new CloudKit(cloud, directory, { variables, nameOf })
  }

  /** The cloud of a project under test, which has its phones and its life, with the counters that the timer makes. */
  static of({ project, variables }: RunningProject): CloudKit {
    const { cloud, directory } = project.cloud
    makeCounters(cloud, databaseName)
    return new CloudKit(cloud, directory, { variables, nameOf: databaseName })
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

  /** Starts every instance there may be of a function, so that the calls that follow really run beside one another. */
  async warmUp(name: string): Promise<void> {
    await this.control.post('latency', { milliseconds: 300 })
    await Promise.all(
      Array.from({ length: LIMITS.functions.instances }, () => this.invoke(name, 'oSomebodyElse', {})),
    )
    await this.control.post('latency', { milliseconds: 0 })
  }

  /** The documents of `users`, as they are stored. @param filter such as `{ openid }`; by default all of them */
  users(filter: Document = {}): Document[] {
    return this.cloud.database.documents(this.#nameOf('users'), { filter })
  }

  /** What `audit_logs` says of this person, oldest first. */
  async acts(openid: string): Promise<unknown[]> {
    const userId = this.users().find((user) => user['openid'] === openid)?.['_id']
    const rows = this.documents(this.#nameOf('audit_logs')).filter((row) => row['userId'] === userId)
    return rows.sort((a, b) => Number(a['at']) - Number(b['at'])).map((row) => row['act'])
  }
}

/** Of today and tomorrow, as the timer has made them. */
function makeCounters(cloud: Cloud, nameOf: (collection: string) => string): void {
  const today = chinaDay(cloud.clock.now())
  for (const _id of [...countIdsOf(today), ...countIdsOf(dayAfter(today, 1))])
    cloud.database.putDocument(nameOf('daily_counts'), { _id })
}

export function succeeded<Data>(answer: Answer<Data>): Data {
  if (answer.code !== 200) throw new Error(`${answer.code} ${answer.reason} ${answer.message}`)
  return answer.data
}

/** `"<code> <reason>"` of a refusal, `"200"` of a success. */
export function verdict(answer: Answer<unknown>): string {
  return answer.code === 200 ? '200' : `${answer.code} ${answer.reason}`
}
