import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CloudParts } from '../cloud-parts.ts'
import { ImportRefused } from '../database/import/failure.ts'
import { CloudError } from '../errors.ts'
import { DataFolderUnwritable } from '../store.ts'
import { parseObject, readBytes } from '../wire/body.ts'
import { databaseRoutes } from './database-routes.ts'
import { streamChanges } from './event-stream.ts'
import { functionRoutes } from './function-routes.ts'
import { machineRoutes } from './machine-routes.ts'
import { ControlError, type Route, type StreamInput } from './route.ts'
import { storageRoutes } from './storage-routes.ts'
import { wechatRoutes } from './wechat-routes.ts'

const ROUTES: readonly Route[] = [
  ...functionRoutes,
  ...wechatRoutes,
  ...databaseRoutes,
  ...storageRoutes,
  ...machineRoutes,
]

/** Everything a test, a phone or a console can ask of the cloud that a function can not: JSON over HTTP. */
export class ControlEndpoint {
  readonly #cloud: CloudParts

  constructor(cloud: CloudParts) {
    this.#cloud = cloud
  }

  /** @param path what follows `/control/` */
  async handle(request: IncomingMessage, response: ServerResponse, path: string, url: URL): Promise<void> {
    if (path === 'events' && request.method === 'GET')
      return streamChanges(request, response, this.#cloud.changes)
    try {
      const { route, parameters } = findRoute(request.method ?? 'GET', path)
      const input = await inputOf(route, request, url)
      const answer = await route.handle(this.#cloud, input, parameters)
      if (route.method !== 'GET') this.#cloud.changes.tell(route.topic ?? 'machine')
      answerJson(response, 200, answer ?? {})
    } catch (error) {
      const failure = asControlError(error)
      // What is still being sent is read to its end, so that the sender hears the answer.
      request.resume()
      answerJson(response, failure.status, { error: failure.message })
    }
  }
}

function inputOf(route: Route, request: IncomingMessage, url: URL): unknown {
  const query = Object.fromEntries(url.searchParams)
  if (route.method === 'GET') return query
  if (!route.isStream) return readInput(request)
  if (!FILE_TYPES.test(request.headers['content-type'] ?? '')) {
    throw new ControlError(415, 'content-type must be application/json or application/x-ndjson')
  }
  return { body: request, query } satisfies StreamInput
}

const FILE_TYPES = /^application\/(json|jsonl|jsonlines|x-ndjson|x-jsonlines|octet-stream)\b/

async function readInput(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBytes(request)
  if (bytes.length === 0) return {}
  // A form of another site can send text, but not this type.
  if (!request.headers['content-type']?.startsWith('application/json')) {
    throw new ControlError(415, 'content-type must be application/json')
  }
  return parseObject(bytes)
}

function findRoute(method: string, path: string): { route: Route; parameters: Record<string, string> } {
  let allowed = false
  for (const route of ROUTES) {
    const parameters = match(route.path, path)
    if (!parameters) continue
    if (route.method === method) return { route, parameters }
    allowed = true
  }
  if (allowed) throw new ControlError(405, `${method} is not possible here`)
  throw new ControlError(404, `no such control call; there are: ${ROUTES.map(describe).join(', ')}`)
}

const describe = (route: Route) => `${route.method} /${route.path}`

function match(pattern: string, path: string): Record<string, string> | undefined {
  const names = pattern.split('/')
  const segments = path.split('/')
  if (names.length !== segments.length) return undefined
  const parameters: Record<string, string> = {}
  for (const [index, name] of names.entries()) {
    const segment = segments[index] ?? ''
    if (name.startsWith(':')) parameters[name.slice(1)] = decode(segment)
    else if (name !== segment) return undefined
  }
  return parameters
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw new ControlError(400, 'the address is not valid')
  }
}

function asControlError(error: unknown): ControlError {
  if (error instanceof ControlError) return error
  if (error instanceof ImportRefused) return new ControlError(400, error.message)
  if (error instanceof DataFolderUnwritable) return new ControlError(507, error.message)
  if (error instanceof CloudError) {
    const status = error.code === 'DATABASE_COLLECTION_NOT_EXIST' ? 404 : 400
    return new ControlError(status, `${error.code}: ${error.message}`)
  }
  console.error(error)
  return new ControlError(500, 'internal error of the embedded cloud')
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}
