import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Clock } from '../clock.ts'
import { LIMITS } from '../limits.ts'
import { DataFolderUnwritable } from '../store.ts'
import { type Files, FileTooLarge, NotTheCreator } from './files.ts'
import { type PutRequest, readUploadForm } from './form-upload.ts'
import type { Signer } from './signature.ts'
import { decodeTarget } from './upload-target.ts'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
}

/** The object store's own HTTP: PUT and GET with the signatures that `Storage` gave out, errors as COS's XML. */
export class FileServer {
  readonly #files: Files
  readonly #signer: Signer
  readonly #clock: Clock

  constructor(files: Files, signer: Signer, clock: Clock) {
    this.#files = files
    this.#signer = signer
    this.#clock = clock
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const key = url.pathname.split('/').pop() ?? ''
    if (request.method === 'PUT') return this.#put(request, response, key)
    if (request.method === 'POST') return this.#post(request, response, key)
    if (request.method === 'GET' || request.method === 'HEAD') return this.#get(request, response, key, url)
    answerError(response, 405, 'MethodNotAllowed', 'The specified method is not allowed.')
  }

  async #put(request: PutRequest, response: ServerResponse, key: string): Promise<void> {
    const token = String(request.headers['x-cos-security-token'] ?? '')
    const authorization = String(request.headers['authorization'] ?? '')
    if (!this.#signer.verify(`PUT ${key} ${token}`, authorization)) {
      request.resume()
      return answerError(response, 403, 'SignatureDoesNotMatch', 'The signature does not match.')
    }
    const target = decodeTarget(token)
    const { fileBytes, clientFileBytes } = LIMITS.storage
    const maximumBytes = target.creator === undefined ? fileBytes : clientFileBytes
    try {
      // Said at once, the sender hears of it; once it sends too much, the connection is cut.
      if (Number(request.headers['content-length'] ?? 0) > maximumBytes) throw new FileTooLarge()
      await this.#files.write({ ...target, maximumBytes }, request)
      response.writeHead(200).end()
    } catch (error) {
      request.resume()
      if (error instanceof DataFolderUnwritable) {
        return answerError(response, 500, 'InternalError', error.message)
      }
      if (error instanceof FileTooLarge) {
        return answerError(response, 400, 'EntityTooLarge', 'The file is too large.')
      }
      if (!(error instanceof NotTheCreator)) throw error
      answerError(response, 403, 'AccessDenied', 'Access Denied.')
    }
  }

  async #post(request: IncomingMessage, response: ServerResponse, key: string): Promise<void> {
    const upload = await readUploadForm(request, key)
    if (upload) return this.#put(upload, response, key)
    answerError(response, 400, 'MalformedPOSTRequest', 'The body is no upload form for this address.')
  }

  async #get(request: IncomingMessage, response: ServerResponse, key: string, url: URL): Promise<void> {
    const expiresAt = url.searchParams.get('t') ?? ''
    const signature = url.searchParams.get('sign') ?? ''
    if (!this.#signer.verify(`GET ${key} ${expiresAt}`, signature)) {
      return answerError(response, 403, 'AccessDenied', 'Access Denied.')
    }
    if (this.#clock.now() >= Number(expiresAt) * 1000) {
      return answerError(response, 403, 'AccessDenied', 'Request has expired.')
    }
    const file = this.#files.findByKey(key)
    if (!file) return answerError(response, 404, 'NoSuchKey', 'The specified key does not exist.')
    response.writeHead(200, {
      'content-type': CONTENT_TYPES[extname(file.path).toLowerCase()] ?? 'application/octet-stream',
      'content-length': file.sizeBytes,
      // An uploaded page must not run as part of anything that is served from this address.
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    })
    if (request.method === 'HEAD') response.end()
    else await pipeline(this.#files.read(file), response)
  }
}

function answerError(response: ServerResponse, status: number, code: string, message: string): void {
  const xml =
    '<?xml version="1.0" encoding="utf-8" ?>' +
    `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>local</RequestId><TraceId>local</TraceId></Error>`
  response.writeHead(status, { 'content-type': 'application/xml' }).end(xml)
}
