import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Pages } from './cloud/cloud.ts'
import type { BuiltConsole } from './console/build.ts'
import type { BuiltPhone } from './phone/build.ts'

export interface PageSources {
  console: () => BuiltConsole
  phone: () => BuiltPhone
  /** What is wrong with the sources, in lines for people. */
  errors?: () => string[]
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
}

/** Only what this address serves itself may run or be shown, and only this address may frame it. */
const POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ')

/** Serves the console and the phones beside the cloud, on its own address. */
export function createPages(sources: PageSources): Pages {
  return async (request, response, url) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    const text = textOf(url.pathname, sources)
    if (text) {
      const isKept = text.edition !== undefined && url.searchParams.get('v') === text.edition
      answer(request, response, { ...text, isKept })
      return true
    }
    const asset = assetOf(url.pathname, sources)
    if (asset === undefined) return false
    response.writeHead(200, headersFor(extname(asset)))
    if (request.method === 'HEAD') response.end()
    else await pipeline(createReadStream(asset), response)
    return true
  }
}

function textOf(
  path: string,
  { console, phone, errors }: PageSources,
): { type: string; content: string; edition?: string } | undefined {
  switch (path) {
    case '/':
      return { type: '.html', content: console().html }
    case '/console.js':
      return { type: '.js', content: console().script }
    case '/console.css':
      return { type: '.css', content: console().style }
    case '/errors.json':
      return { type: '.json', content: JSON.stringify(errors?.() ?? []) }
    case '/phone':
      return { type: '.html', content: phone().html }
    case '/phone/script.js':
      return { type: '.js', content: phone().script, edition: phone().edition }
    case '/phone/phone.js':
      return { type: '.js', content: phone().phoneScript, edition: phone().phoneEdition }
    case '/phone/script.js.map':
      return { type: '.json', content: phone().sourceMap }
    case '/phone/style.css':
      return { type: '.css', content: phone().style, edition: phone().edition }
    default:
      return undefined
  }
}

/** Only files that the build has listed: an address cannot name any other. */
function assetOf(path: string, { phone }: PageSources): string | undefined {
  const prefix = '/phone/assets/'
  if (!path.startsWith(prefix)) return undefined
  try {
    return phone().assets.get(decodeURIComponent(path.slice(prefix.length)))
  } catch {
    return undefined
  }
}

/** @param isKept the browser need not ask for it again: what was compiled stays compiled, too */
function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { type, content, isKept }: { type: string; content: string; isKept: boolean },
): void {
  response.writeHead(200, {
    ...headersFor(type),
    ...(isKept ? { 'cache-control': 'private, max-age=31536000, immutable' } : {}),
  })
  response.end(request.method === 'HEAD' ? undefined : content)
}

function headersFor(extension: string): Record<string, string> {
  return {
    'content-type': CONTENT_TYPES[extension.toLowerCase()] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  }
}
