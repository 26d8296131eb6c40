import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Pages } from '../cloud/cloud-options.ts'
import type { BuiltConsole } from '../console/build.ts'
import type { GuideSettings } from '../control/guide.ts'
import { NO_FINDINGS, type SourceFindings } from '../control/source-findings.ts'
import type { BuiltPhone } from '../phone/build.ts'

export interface PageSources {
  console: () => BuiltConsole | Promise<BuiltConsole>
  phone: () => BuiltPhone | Promise<BuiltPhone>
  findings?: () => SourceFindings | Promise<SourceFindings>
  /** The collection of which the console shows a table of users; absent for none. */
  userTable?: string | undefined
  /** Name of the console's section of operations; absent for none. */
  operations?: string | undefined
  /** Whether the project has example data. */
  hasExample?: boolean | undefined
  /** The first step of the console's guide. */
  guide?: GuideSettings | undefined
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
  '.bmp': 'image/bmp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.otf': 'font/otf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.aac': 'audio/aac',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
}

/** Only what this address serves itself may run or be shown, and only this address may frame it. */
const POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' data: blob:",
  "font-src 'self' data: blob:",
  "connect-src 'self' data: blob:",
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
    const text = await textOf(url, sources)
    if (text) {
      const isKept = text.edition !== undefined && url.searchParams.get('v') === text.edition
      answer(request, response, { ...text, isKept })
      return true
    }
    const asset = await assetOf(url.pathname, sources)
    if (asset === undefined) return false
    response.writeHead(200, headersFor(extname(asset)))
    if (request.method === 'HEAD') response.end()
    else await pipeline(createReadStream(asset), response)
    return true
  }
}

interface Text {
  type: string
  content: string
  edition?: string
}

async function textOf(
  { pathname: path, searchParams }: URL,
  { console, phone, findings, ...data }: PageSources,
): Promise<Text | undefined> {
  switch (path) {
    case '/':
      return { type: '.html', content: withData((await console()).html, data) }
    case '/console.js':
      return { type: '.js', content: (await console()).script }
    case '/console.css':
      return { type: '.css', content: (await console()).style }
    case '/findings.json':
      return { type: '.json', content: JSON.stringify((await findings?.()) ?? NO_FINDINGS) }
    default:
      if (path !== '/phone' && !path.startsWith('/phone/')) return undefined
      return phoneText(path, await phone(), searchParams.get('v'))
  }
}

function phoneText(path: string, phone: BuiltPhone, edition: string | null): Text | undefined {
  switch (path) {
    case '/phone/pages.json':
      return { type: '.json', content: JSON.stringify(phone.pages) }
    case '/phone':
      return { type: '.html', content: phone.html }
    case '/phone/script.js':
      return { type: '.js', content: phone.script, edition: phone.edition }
    case '/phone/phone.js':
      return { type: '.js', content: phone.phoneScript, edition: phone.phoneEdition }
    case '/phone/script.js.map':
      // That of another edition would lead to other lines.
      if (edition !== null && edition !== '' && edition !== phone.edition) return undefined
      return { type: '.json', content: phone.sourceMap }
    case '/phone/style.css':
      return { type: '.css', content: phone.style, edition: phone.edition }
    default:
      return undefined
  }
}

function withData(
  html: string,
  {
    userTable,
    operations,
    guide,
    hasExample,
  }: Pick<PageSources, 'userTable' | 'operations' | 'guide' | 'hasExample'>,
): string {
  const attributes = [
    attribute('user-table', userTable),
    attribute('operations', operations),
    attribute('example', hasExample ? '' : undefined),
    attribute('guide-tap', guide?.tap),
    attribute('guide-text', guide?.text),
  ].join('')
  return html.replace('<body>', () => `<body${attributes}>`)
}

function attribute(name: string, value: string | undefined): string {
  if (value === undefined) return ''
  return ` data-${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`
}

/** Only files that the build has listed: an address cannot name any other. */
async function assetOf(path: string, { phone }: PageSources): Promise<string | undefined> {
  const prefix = '/phone/assets/'
  if (!path.startsWith(prefix)) return undefined
  const { assets } = await phone()
  try {
    return assets.get(decodeURIComponent(path.slice(prefix.length)))
  } catch {
    return undefined
  }
}

/** @param isKept the browser need not ask for it again: compiled code stays compiled, too */
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
