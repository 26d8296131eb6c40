import type { IncomingMessage } from 'node:http'
import { Busboy } from '@fastify/busboy'
import { CloudError, invalidParameter } from '../errors.ts'
import { parseJson } from './json-depth.ts'

export type Fields = Record<string, unknown>

/** The largest request of the SDK: the largest document, with room for the fields around it. */
const MAXIMUM_BYTES = 64 * 1024 * 1024

/** The whole body as bytes. @throws CloudError INVALID_PARAM beyond the limit */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAXIMUM_BYTES) throw invalidParameter('request body is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The body of an SDK request: a JSON object, or multipart/form-data whose binary parts become Buffers. */
export async function readFields(request: IncomingMessage): Promise<Fields> {
  const contentType = request.headers['content-type'] ?? ''
  if (contentType.startsWith('multipart/form-data')) return readMultipart(request, contentType)
  return parseObject(await readBytes(request))
}

/** @throws CloudError INVALID_PARAM unless the bytes are one JSON object */
export function parseObject(bytes: Buffer): Fields {
  let value: unknown
  try {
    value = parseJson(bytes.toString('utf8'))
  } catch (error) {
    if (error instanceof CloudError) throw error
    throw invalidParameter('request body is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidParameter('request body is not a JSON object')
  }
  return value as Fields
}

async function readMultipart(request: IncomingMessage, contentType: string): Promise<Fields> {
  const bytes = await readBytes(request)
  return new Promise((resolve, reject) => {
    const fields: Fields = Object.create(null)
    const refuse = () => reject(invalidParameter('request body is not valid multipart/form-data'))
    const parser = multipartParser(contentType)
    if (!parser) return refuse()
    parser.on('field', (name, value) => {
      fields[name] = value
    })
    parser.on('file', (name, stream) => {
      const chunks: Buffer[] = []
      stream.on('error', refuse)
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        fields[name] = Buffer.concat(chunks)
      })
    })
    parser.on('finish', () => resolve(fields))
    parser.on('error', refuse)
    parser.end(bytes)
  })
}

/** Absent for a content type without a usable boundary. */
function multipartParser(contentType: string): InstanceType<typeof Busboy> | undefined {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      // Any part that is neither plain text nor without a type is bytes, named as a file or not.
      isPartAFile: (_name, partType, fileName) =>
        fileName !== undefined || partType === 'application/octet-stream',
    })
  } catch {
    return undefined
  }
}
