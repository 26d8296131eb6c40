import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { FileAnswer } from '../../control/documents.ts'
import type { CloudServices } from '../cloud-services.ts'
import { DocumentChanged } from '../database/console/document-changed.ts'
import { ImportRefused } from '../database/import/failure.ts'
import { CloudError } from '../errors.ts'
import { RuleError } from '../rules/rule-error.ts'
import { DataFolderUnwritable } from '../store.ts'
import { parseObject, readBytes } from '../wire/request-body.ts'
import { clientDatabaseRoutes } from './client-database-routes.ts'
import { databaseRoutes } from './database-routes.ts'
import { documentRoutes } from './document-routes.ts'
import { environmentRoutes } from './environment-routes.ts'
import { streamChanges } from './event-stream.ts'
import { exampleRoutes } from './example-routes.ts'
import { figuresRoutes } from './figures-routes.ts'
import { functionRoutes } from './function-routes.ts'
import { operationRoutes } from './operation-routes.ts'
import { pageErrorRoutes } from './page-error-routes.ts'
import { permissionRoutes } from './permission-routes.ts'
import { type AnyRoute, ControlError, type Routes, type StreamInput } from './route.ts'
import { storageRoutes } from './storage-routes.ts'
import { webRoutes } from './web-routes.ts'
import { wechatRoutes } from './wechat-routes.ts'

const ROUTES: Routes = {
  ...functionRoutes,
  ...figuresRoutes,
  ...operationRoutes,
  ...exampleRoutes,
  ...wechatRoutes,
  ...webRoutes,
  ...databaseRoutes,
  ...documentRoutes,
  ...clientDatabaseRoutes,
  ...pageErrorRoutes,
  ...permissionRoutes,
  ...storageRoutes,
  ...environmentRoutes,
}

/** A route with the two parts of its name. */
interface NamedRoute extends AnyRoute {
  method: string
  path: string
}

const NAMED_ROUTES: readonly NamedRoute[] = Object.entries<AnyRoute>(ROUTES).map(([name, route]) => {
  const [method = '', path = ''] = name.split(' ')
  return { ...route, method, path }
})

/** Everything a test, a phone or a console can ask of the cloud that a function can not: JSON over HTTP. */
export class ControlEndpoint {
  readonly #cloud: CloudServices

  constructor(cloud: CloudServices) {
    this.#cloud = cloud
  }

  /** @param path what follows `/control/` */
  async handle(request: IncomingMessage, response: ServerResponse, path: string, url: URL): Promise<void> {
    if (path === 'events' && request.method === 'GET')
      return streamChanges(request, response, this.#cloud.events)
    try {
      this.#cloud.permissions.refresh()
      const { route, parameters } = findRoute(request.method ?? 'GET', path)
      const input = await inputOf(route, request, url)
      const answer = await route.handle(this.#cloud, input, parameters)
      if (route.method !== 'GET' && !route.isQuiet) this.#cloud.events.emit(route.topic ?? 'machine')
      if (route.isFile) return await sendFile(response, answer as FileAnswer)
      answerJson(response, 200, answer ?? {})
    } catch (error) {
      // A file that breaks off must not look as if it were whole.
      if (response.headersSent) return void response.destroy()
      const failure = asControlError(error)
      // What is still being sent is read to its end, so that the sender hears the answer.
      request.resume()
      answerJson(response, failure.status, { error: failure.message })
    }
  }
}

function inputOf(route: NamedRoute, request: IncomingMessage, url: URL): unknown {
  const query = Object.fromEntries(url.searchParams)
  if (route.method === 'GET') return query
  if (!route.isStream) return readInput(request)
  if (!FILE_TYPES.test(request.headers['content-type'] ?? '')) {
    throw new ControlError(415, 'content-type must be application/json, application/x-ndjson or text/csv')
  }
  return { body: request, query } satisfies StreamInput
}

const FILE_TYPES = /^(application\/(json|jsonl|jsonlines|x-ndjson|x-jsonlines|octet-stream)|text\/csv)\b/

async function readInput(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBytes(request)
  if (bytes.length === 0) return {}
  // A form of another site can send text, but not this type.
  if (!request.headers['content-type']?.startsWith('application/json')) {
    throw new ControlError(415, 'content-type must be application/json')
  }
  return parseObject(bytes)
}

function findRoute(method: string, path: string): { route: NamedRoute; parameters: Record<string, string> } {
  let allowed = false
  for (const route of NAMED_ROUTES) {
    const parameters = match(route.path, path)
    if (!parameters) continue
    if (route.method === method) return { route, parameters }
    allowed = true
  }
  if (allowed) throw new ControlError(405, `${method} is not possible here`)
  throw new ControlError(404, `no such control call; there are: ${NAMED_ROUTES.map(describe).join(', ')}`)
}

const describe = (route: NamedRoute) => `${route.method} /${route.path}`

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
  if (error instanceof DocumentChanged) return new ControlError(409, error.message)
  if (error instanceof ImportRefused) return new ControlError(400, error.message)
  if (error instanceof RuleError) return new ControlError(400, error.message)
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

async function sendFile(
  response: ServerResponse,
  { fileName, contentType, chunks }: FileAnswer,
): Promise<void> {
  const rest = chunks[Symbol.asyncIterator]()
  // What is refused is refused before the first of the file, and answered as any other refusal.
  const first = await rest.next()
  response.writeHead(200, {
    'content-type': contentType,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    'x-content-type-options': 'nosniff',
  })
  const all = async function* () {
    if (!first.done) yield first.value
    yield* { [Symbol.asyncIterator]: () => rest }
  }
  await pipeline(all, response)
}
