import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CloudOptions } from './cloud-options.ts'
import type { CloudServices } from './cloud-services.ts'
import { ControlEndpoint } from './control/control-endpoint.ts'
import { createServices } from './create-services.ts'
import { compileInstancePrograms } from './functions/instance-programs.ts'
import { handleRequest } from './handle-request.ts'
import { Store } from './store.ts'

/** A running cloud. */
export interface Cloud extends CloudServices {
  /** For `TCB_CONTEXT_CNFG={"URL": sdkUrl}` of any client. */
  sdkUrl: string
  controlUrl: string
  /** Ends instances, connections and the store; acknowledged writes are kept. */
  close(): Promise<void>
}

/**
 * Starts WeChat's cloud on this machine, on 127.0.0.1.
 * @throws the system's error when the port is taken (EADDRINUSE) or the folder cannot be written (EACCES …);
 * InspectorUnavailable when the inspector's port is taken
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const store = new Store(options.dataDirectory, options.outlivesMachine)
  const server = createServer()
  try {
    // Longer than the 4.8 s for which the SDK keeps a free connection, so that it never meets a closing one.
    server.keepAliveTimeout = 65_000
    const [baseUrl, programs] = await Promise.all([
      listen(server, options.port ?? 0),
      compileInstancePrograms(options.dataDirectory),
    ])
    const services = createServices(options, { store, baseUrl, programs, startCloud })
    await openInspector(services, options.inspectorPort)
    const control = new ControlEndpoint(services)
    server.on('request', (request, response) => {
      handleRequest(request, response, services, control, options.pages).catch((error) => {
        // Usually the connection broke off, and nobody is left to answer.
        if (!response.headersSent) response.writeHead(500)
        response.end()
        if (!request.destroyed) console.error(error)
      })
    })
    server.on('upgrade', (request, socket, head) => services.socketGateway.handle(request, socket, head))
    return { ...services, sdkUrl: `${baseUrl}/admin`, controlUrl: `${baseUrl}/control`, close }

    async function close(): Promise<void> {
      await services.example.close()
      await services.copiedTests.close()
      services.inspector?.close()
      services.functions.endInstances()
      services.callLog.close()
      services.database.close()
      services.socketGateway.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      services.figures.save()
      await store.close()
    }
  } catch (error) {
    server.close()
    await store.close()
    throw error
  }
}

async function openInspector({ inspector, catalog, functions }: CloudServices, port = 0): Promise<void> {
  await inspector?.listen(port, {
    list: () => catalog.names().map((name) => ({ name, file: catalog.find(name)?.entry ?? name })),
    start: (name) => functions.start(name),
  })
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
