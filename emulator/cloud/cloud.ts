import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CallLog } from './call-log.ts'
import { Changes } from './changes.ts'
import { Clock } from './clock.ts'
import type { CloudParts } from './cloud-parts.ts'
import { ControlEndpoint } from './control/control-endpoint.ts'
import { Database } from './database/database.ts'
import { Faults } from './faults.ts'
import { FunctionCatalog } from './functions/catalog.ts'
import { Functions } from './functions/functions.ts'
import { compileRuntime } from './functions/instance.ts'
import { Gate } from './gate/gate.ts'
import { CloudIds } from './openapi/cloud-ids.ts'
import { getPhoneNumber } from './openapi/get-phone-number.ts'
import { messageSecurityCheck } from './openapi/message-security-check.ts'
import { OpenApi } from './openapi/openapi.ts'
import { PhoneCodes } from './openapi/phone-codes.ts'
import { WechatUsers } from './openapi/wechat-users.ts'
import { ClientStorage } from './storage/client-storage.ts'
import { FileServer } from './storage/file-server.ts'
import { Files } from './storage/files.ts'
import { Signer } from './storage/signature.ts'
import { Storage } from './storage/storage.ts'
import { Store } from './store.ts'
import { isLocal } from './wire/local-only.ts'
import { SdkEndpoint } from './wire/sdk-endpoint.ts'

export interface CloudOptions {
  /** Folder for everything that is kept; made if absent. */
  dataDirectory: string
  /** Folder that holds one built folder a function. */
  functionsDirectory: string
  /**
   * Whether what is written outlives not only the process but the machine: true unless said otherwise. Without it a
   * write need not wait for the disk, for tests.
   */
  outlivesMachine?: boolean
  /** 0, the default, takes any free port. */
  port?: number
  /** Environment variables of every function, as set in the console. */
  variables?: Readonly<Record<string, string>>
  environmentId?: string
  appid?: string
  /** The Node that runs functions; this program's own by default. */
  nodeExecutable?: string
  /** Instances of one function at the same time. */
  maximumInstances?: number
  /**
   * Documents that a database request of the SDK may examine without an index that serves it, before it is refused;
   * any number by default. Can be changed while the cloud runs: `database.watch.maximumScannedDocuments`.
   */
  maximumScannedDocuments?: number
  /** Answers what is not the cloud's own, such as pages; returns false for what it does not know. */
  pages?: Pages
}

export type Pages = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<boolean>

/** A running cloud. */
export interface Cloud extends CloudParts {
  /** For `TCB_CONTEXT_CNFG={"URL": sdkUrl}` of any client. */
  sdkUrl: string
  controlUrl: string
  /** Ends instances, connections and the store; what was acknowledged is kept. */
  close(): Promise<void>
}

/**
 * Starts WeChat's cloud on this machine, on 127.0.0.1.
 * @throws the system's error when the port is taken (EADDRINUSE) or the folder cannot be written (EACCES …)
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const store = new Store(options.dataDirectory, options.outlivesMachine)
  const server = createServer()
  try {
    // Longer than the 4.8 s for which the SDK keeps a free connection, so that it never meets a closing one.
    server.keepAliveTimeout = 65_000
    const baseUrl = await listen(server, options.port ?? 0)
    const rooms = furnish(options, store, baseUrl)
    const control = new ControlEndpoint(rooms)
    server.on('request', (request, response) => {
      route(request, response, rooms, control, options.pages).catch((error) => {
        // The connection broke off, mostly; there is nobody left to answer.
        if (!response.headersSent) response.writeHead(500)
        response.end()
        if (!request.destroyed) console.error(error)
      })
    })
    return { ...rooms, sdkUrl: `${baseUrl}/admin`, controlUrl: `${baseUrl}/control`, close }

    async function close(): Promise<void> {
      rooms.functions.endInstances()
      rooms.database.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await store.close()
    }
  } catch (error) {
    server.close()
    await store.close()
    throw error
  }
}

type Rooms = CloudParts & { fileServer: FileServer }

function furnish(options: CloudOptions, store: Store, baseUrl: string): Rooms {
  const { appid = 'wx0000000000local', environmentId = 'local-cloud' } = options
  const settings = store.table<number | string>('settings')
  const clock = new Clock(Number(settings.get('clockOffset') ?? 0), (offset) =>
    store.write(() => settings.putSync('clockOffset', offset)),
  )
  const changes = new Changes()
  const faults = new Faults()
  const callLog = new CallLog(changes)
  const database = new Database({
    store,
    clock,
    maximumScannedDocuments: options.maximumScannedDocuments,
  })
  const users = new WechatUsers(store, clock, changes)
  const phoneCodes = new PhoneCodes(store, clock)
  const cloudIds = new CloudIds(clock)
  const openapi = new OpenApi({
    handlers: {
      'phonenumber.getPhoneNumber': getPhoneNumber(phoneCodes),
      'security.msgSecCheck': messageSecurityCheck(users),
    },
    cloudIds,
    clock,
    appid,
  })
  const files = new Files({ store, clock, changes })
  const signer = new Signer(randomBytes(32))
  const storage = new Storage({ files, signer, clock, environmentId, filesUrl: `${baseUrl}/files` })
  const clientStorage = new ClientStorage(storage)
  const catalog = new FunctionCatalog(options.functionsDirectory)
  const functions = new Functions({
    catalog,
    clock,
    callLog,
    faults,
    platform: { sdkUrl: `${baseUrl}/admin`, environmentId },
    runtime: compileRuntime(options.dataDirectory),
    ...(options.variables ? { variables: options.variables } : {}),
    ...(options.nodeExecutable ? { nodeExecutable: options.nodeExecutable } : {}),
    ...(options.maximumInstances ? { maximumInstances: options.maximumInstances } : {}),
  })
  const gate = new Gate(functions)
  const sdkEndpoint = new SdkEndpoint({ database, functions, openapi, storage, faults, changes, appid })
  const fileServer = new FileServer(files, signer, clock)
  return {
    appid,
    clock,
    changes,
    callLog,
    database,
    catalog,
    functions,
    users,
    phoneCodes,
    cloudIds,
    files,
    storage,
    clientStorage,
    faults,
    gate,
    sdkEndpoint,
    fileServer,
  }
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  rooms: Rooms,
  control: ControlEndpoint,
  pages: Pages | undefined,
): Promise<void> {
  if (!isLocal(request)) {
    response.writeHead(403).end('only for programs and pages of this machine')
    return
  }
  const url = addressOf(request)
  if (!url) {
    response.writeHead(400).end('not a valid address')
    return
  }
  if (url.pathname === '/admin' && request.method === 'POST')
    return rooms.sdkEndpoint.handle(request, response)
  if (url.pathname.startsWith('/files/')) return rooms.fileServer.handle(request, response, url)
  if (url.pathname.startsWith('/control/')) {
    return control.handle(request, response, url.pathname.slice('/control/'.length), url)
  }
  if (pages && (await pages(request, response, url))) return
  response.writeHead(404).end('not here')
}

/** Absent for what is no address, such as `//`. */
function addressOf(request: IncomingMessage): URL | undefined {
  try {
    return new URL(request.url ?? '/', 'http://127.0.0.1')
  } catch {
    return undefined
  }
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject)
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    })
  })
}
