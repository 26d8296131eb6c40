import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cloud, startCloud } from 'wechat-cloud-emulator'
import { OfflineDatabase } from 'wechat-cloud-emulator/testing'
import { makeAdminToken } from '../scripts/lib/admin/admin-token.ts'
import { makeSecrets } from '../scripts/lib/keys/make-secrets.ts'
import { BenchCloud, call, FUNCTIONS, tap, USERS } from './bench-cloud.ts'
import { seedUsers, type Templates } from './seed-users.ts'

/** Entries of `audit_logs` for each user. */
export const AUDIT_ENTRIES_EACH = 3

interface Newcomer {
  readonly openid: string
  readonly token: string
}

/** A cloud with many users and their audit entries, and a few users who are logged in. */
export class PopulatedCloud {
  /** Another one after {@link dropIndexes}. */
  cloud: Cloud
  /** Of a logged-in user. */
  token = ''
  readonly #newcomers: Newcomer[] = []
  #newcomersSoFar = 0
  readonly #directory: string
  readonly #secrets: Record<string, string>

  private constructor(cloud: Cloud, directory: string, secrets: Record<string, string>) {
    this.cloud = cloud
    this.#directory = directory
    this.#secrets = secrets
  }

  /** @param progress is called with the number of users so far */
  static async start(
    users: number,
    templates: Templates,
    progress: (done: number) => void,
  ): Promise<PopulatedCloud> {
    const directory = mkdtempSync(join(tmpdir(), 'users-'))
    await seedUsers(directory, { users, entriesEach: AUDIT_ENTRIES_EACH }, templates, progress)
    const secrets = { ...makeSecrets() }
    const populated = new PopulatedCloud(await start(directory, secrets), directory, secrets)
    const { cloud } = populated
    populated.token = String((await call(cloud, 'login', tap(cloud, 'ours')))['token'])
    for (const openid of USERS) await call(cloud, 'login', tap(cloud, 'ours', openid), openid)
    return populated
  }

  /** An administrator's, good for ten minutes. */
  adminToken(): string {
    return makeAdminToken(this.#secrets, 'bench', this.cloud.clock.now())
  }

  /** A user who has just logged in for the first time. */
  async takeNewcomer(): Promise<Newcomer> {
    return this.#newcomers.shift() ?? this.#logInNewcomer()
  }

  /** Keeps some for {@link takeNewcomer}, for a cloud whose logins will not be answered. */
  async keepNewcomers(count: number): Promise<void> {
    for (let number = 0; number < count; number++) this.#newcomers.push(await this.#logInNewcomer())
  }

  async #logInNewcomer(): Promise<Newcomer> {
    const openid = `oNewcomer-${this.#newcomersSoFar++}`
    const { token } = await call(this.cloud, 'login', tap(this.cloud, 'ours', openid), openid)
    return { openid, token: String(token) }
  }

  /** Starts the cloud again without the project's indexes, as where nobody has made them. */
  async dropIndexes(): Promise<void> {
    await this.cloud.close()
    const database = new OfflineDatabase(this.#directory)
    database.dropIndexes()
    await database.close()
    this.cloud = await start(this.#directory, this.#secrets)
  }

  async close(): Promise<void> {
    await this.cloud.close()
    rmSync(this.#directory, { recursive: true })
  }
}

function start(dataDirectory: string, secrets: Record<string, string>): Promise<Cloud> {
  return startCloud({
    dataDirectory,
    functionsDirectory: FUNCTIONS.ours,
    // One user exports and logs in more often here than the limits allow.
    variables: { ...secrets, RATE_LIMITS: 'export:1000', LOGIN_LIMIT: '1000' },
  })
}

/** The documents that a login writes. */
export async function takeTemplates(): Promise<Templates> {
  const bench = await BenchCloud.open('ours')
  try {
    await bench.login()
    const [user] = bench.kit.users()
    const auditEntry = bench.kit.documents('audit_logs').find(({ act }) => act === 'login')
    if (!user || !auditEntry) throw new Error('the login left no document')
    return { user, auditEntry }
  } finally {
    await bench.close()
  }
}
