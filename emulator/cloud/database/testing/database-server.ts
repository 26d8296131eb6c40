import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Clock } from '../../clock.ts'
import { CloudError } from '../../errors.ts'
import { Store } from '../../store.ts'
import { Database } from '../database.ts'

/** What the SDKs give: their typings know neither all calls nor the results and errors that tests check. */
// biome-ignore lint/suspicious/noExplicitAny: see above.
export type Untyped = any

const require = createRequire(import.meta.url)

/**
 * For tests: a database in a fresh folder, behind the smallest server the real SDKs can talk to.
 * `close()` ends it and removes the folder.
 */
export class DatabaseServer {
  readonly directory = mkdtempSync(join(tmpdir(), 'cloud-database-'))
  readonly clock = new Clock()
  #store = new Store(this.directory)
  #database = new Database({ store: this.#store, clock: this.clock })
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then((answer) => {
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ requestId: 'test', ...answer }))
      })
    })
  }

  static async start(): Promise<DatabaseServer> {
    const server = new DatabaseServer()
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve))
    const { port } = server.#server.address() as AddressInfo
    Object.assign(process.env, {
      TCB_CONTEXT_CNFG: JSON.stringify({ URL: `http://127.0.0.1:${port}/admin` }),
      TENCENTCLOUD_RUNENV: 'SCF',
      TENCENTCLOUD_REGION: 'ap-shanghai',
      TENCENTCLOUD_SECRETID: 'id',
      TENCENTCLOUD_SECRETKEY: 'key',
      TENCENTCLOUD_SESSIONTOKEN: 'token',
      SCF_NAMESPACE: 'test-env',
      SILENCE: 'true',
    })
    return server
  }

  get database(): Database {
    return this.#database
  }

  /** The wx-server-sdk's database, as cloud functions use it. */
  weChat(): Untyped {
    const cloud = require('wx-server-sdk')
    cloud.init({ env: 'test-env' })
    return cloud.database()
  }

  /** The node-sdk's database, which lets more of the wire be seen. */
  nodeSdk(): Untyped {
    return require('@cloudbase/node-sdk').init({ env: 'test-env' }).database()
  }

  /** Opens the data again, as after a restart. */
  async restart(): Promise<void> {
    this.#database.close()
    await this.#store.close()
    this.#store = new Store(this.directory)
    this.#database = new Database({ store: this.#store, clock: this.clock })
  }

  async close(): Promise<void> {
    this.#database.close()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
    await this.#store.close()
    rmSync(this.directory, { recursive: true })
  }

  async #answer(request: IncomingMessage): Promise<Record<string, unknown>> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = JSON.parse(Buffer.concat(chunks).toString())
    try {
      return await this.#database.handle(body.action, body)
    } catch (error) {
      if (!(error instanceof CloudError)) return { code: 'NOT_A_CLOUD_ERROR', message: String(error) }
      return { code: error.code, message: error.message }
    }
  }
}
