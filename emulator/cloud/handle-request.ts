import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CloudOptions } from './cloud-options.ts'
import type { CloudServices } from './cloud-services.ts'
import type { ControlEndpoint } from './control/control-endpoint.ts'
import { isLocal } from './wire/local-only.ts'

/** Serves one request: of the SDK, a file, HTTP access, the control interface, or a page. Only programs of this machine are served. */
export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  services: CloudServices,
  control: ControlEndpoint,
  pages: CloudOptions['pages'],
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
    return services.sdkEndpoint.handle(request, response)
  if (url.pathname.startsWith('/files/')) return services.fileServer.handle(request, response, url)
  if (url.pathname.startsWith('/http/')) {
    return services.httpAccess.handle(request, response, url.pathname.slice('/http'.length), url)
  }
  if (url.pathname === '/web') return services.webGateway.handle(request, response, url)
  if (url.pathname.startsWith('/control/')) {
    return control.handle(request, response, url.pathname.slice('/control/'.length), url)
  }
  if (pages && (await pages(request, response, url))) return
  response.writeHead(404).end('not here')
}

/** Absent for an invalid address, such as `//`. */
function addressOf(request: IncomingMessage): URL | undefined {
  try {
    return new URL(request.url ?? '/', 'http://127.0.0.1')
  } catch {
    return undefined
  }
}
