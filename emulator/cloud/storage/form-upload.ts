import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { pipeline, type Readable } from 'node:stream'
import { Busboy } from '@fastify/busboy'
import { Files } from './files.ts'

/** A file on its way in, as a PUT brings it. */
export type PutRequest = Readable & { readonly headers: IncomingHttpHeaders }

/** A signed text of a form; none is longer than a `cloudPath` and what is around it. */
const FIELD_BYTES = 8 * 1024

/**
 * The object store's form, by which the SDK up to 3.0 uploads: `key`, `Signature` and `x-cos-security-token`, then
 * `file`. Source: COS's POST Object, and those SDKs' own code.
 * @returns the same upload as a PUT, or undefined for what is no such form, or one for another key
 */
export function readUploadForm(request: IncomingMessage, key: string): Promise<PutRequest | undefined> {
  const fields = new Map<string, string>()
  let file: Readable | undefined
  return new Promise((resolve) => {
    const parser = parserOf(request.headers)
    if (!parser) {
      request.resume()
      return resolve(undefined)
    }
    parser.on('field', (name, value) => fields.set(name, value))
    parser.on('file', (_name, content) => {
      file = content
      if (Files.keyOf(fields.get('key') ?? '') === key)
        resolve(Object.assign(content, { headers: headersOf(fields) }))
      else content.resume()
    })
    // Also after a form without a file, or for another key; a promise is settled once.
    pipeline(request, parser, (error) => {
      if (error) file?.destroy(error)
      resolve(undefined)
    })
  })
}

function headersOf(fields: ReadonlyMap<string, string>): IncomingHttpHeaders {
  return {
    authorization: fields.get('Signature') ?? '',
    'x-cos-security-token': fields.get('x-cos-security-token') ?? '',
  }
}

function parserOf(headers: IncomingHttpHeaders): InstanceType<typeof Busboy> | undefined {
  try {
    return new Busboy({
      headers: { 'content-type': headers['content-type'] ?? '' },
      isPartAFile: (name) => name === 'file',
      limits: { fieldSize: FIELD_BYTES, fields: 20, files: 1 },
    })
  } catch {
    return undefined
  }
}
